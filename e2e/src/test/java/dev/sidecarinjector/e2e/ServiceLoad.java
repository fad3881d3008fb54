package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Requests one after the other from a pod, until it is ended. */
final class ServiceLoad implements AutoCloseable {
    private static final String SCRIPT = """
            rm -f /tmp/end; good=0 bad=0
            while [ ! -e /tmp/end ]; do
              for url in URLS; do
                if answer=$(timeout 20 wget -qO- $url 2>&1) && [ "$answer" = hello ]; then good=$((good + 1))
                else bad=$((bad + 1)); echo "$url after $good answers: $answer"; fi
                [ $good -ne 2 ] || echo answered
              done
              usleep 20000
            done
            echo "$good answers, $bad failures"
            """;

    private final RunningPod pod;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ExecWatch exec;

    private ServiceLoad(RunningPod pod, List<String> urls) {
        this.pod = pod;
        this.exec = pod.start(output, "sh", "-c", SCRIPT.replace("URLS", String.join(" ", urls)));
    }

    static ServiceLoad on(RunningPod pod, List<String> urls) {
        return new ServiceLoad(pod, urls);
    }

    /** Until requests were answered. */
    void awaitAnswers() throws InterruptedException {
        Eventually.get(Duration.ofMinutes(1), "requests are answered", () -> output.toString(StandardCharsets.UTF_8),
                text -> text.contains("answered"));
    }

    /** The count of answers and failures first, then each failure. */
    String end() throws Exception {
        pod.run("touch", "/tmp/end");
        exec.exitCode().get(1, TimeUnit.MINUTES);
        List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.getLast() + "\n" + String.join("\n", lines);
    }

    @Override
    public void close() {
        exec.close();
    }
}
