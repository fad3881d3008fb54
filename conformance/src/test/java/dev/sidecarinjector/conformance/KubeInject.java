package dev.sidecarinjector.conformance;

import dev.sidecarinjector.sidecarctl.SidecarCtl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sidecarctl kube-inject} run in this process. */
record KubeInject(int status, String out, String err) {
    static KubeInject run(List<String> arguments, String in, Map<String, String> environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = new String[arguments.size() + 1];
        all[0] = "kube-inject";
        for (int i = 0; i < arguments.size(); i++) {
            all[i + 1] = arguments.get(i);
        }
        int status = SidecarCtl.run(all, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out, err, environment);
        return new KubeInject(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** With a configuration out of files that are written into the folder; the manifest comes from standard input. */
    static KubeInject run(Path folder, CaseConfiguration texts, String manifest, Map<String, String> environment) throws IOException {
        Path config = Files.writeString(folder.resolve("config"), texts.config());
        Path values = Files.writeString(folder.resolve("values"), texts.values());
        Path mesh = Files.writeString(folder.resolve("mesh"), texts.mesh());
        return run(List.of("--injectConfigFile", config.toString(), "--valuesFile", values.toString(), "--meshConfigFile", mesh.toString(),
                "-f",
                "-"), manifest, environment);
    }
}
