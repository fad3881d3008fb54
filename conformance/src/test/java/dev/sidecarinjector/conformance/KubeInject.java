package dev.sidecarinjector.conformance;

import dev.sidecarinjector.sidecarctl.Environment;
import dev.sidecarinjector.sidecarctl.SidecarCtl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code sidecarctl kube-inject} run in this process. */
record KubeInject(int status, String out, String err) {
    static KubeInject run(List<String> arguments, String in, Environment environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = Stream.concat(Stream.of("kube-inject"), arguments.stream()).toArray(String[]::new);
        int status = SidecarCtl.run(all, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), environment);
        return new KubeInject(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With what ships; the manifest comes from standard input. */
    static KubeInject run(String manifest) {
        return run(List.of("-f", "-"), manifest, Environment.of(Path.of("")));
    }

    /** With a configuration out of files, which are written into the environment's folder; the manifest comes from standard input. */
    static KubeInject run(CaseConfiguration texts, String manifest, Environment environment) throws IOException {
        Files.writeString(environment.directory().resolve("config"), texts.config());
        Files.writeString(environment.directory().resolve("values"), texts.values());
        Files.writeString(environment.directory().resolve("mesh"), texts.mesh());
        return run(List.of("--injectConfigFile", "config", "--valuesFile", "values", "--meshConfigFile", "mesh", "-f", "-"), manifest,
                environment);
    }
}
