package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.SidecarInjector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

/** In processes of their own, since the JDK reads it once. */
class CarriersTest {
    /** What the program does first, then what the JDK made of it. */
    public static void main(String[] arguments) throws InterruptedException {
        SidecarInjector.prepare();
        Thread.ofVirtual().start(() -> {}).join();
        System.out.print(java.lang.management.ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).getParallelism());
    }

    @Test
    void thereIsOneMoreThanProcessors() throws Exception {
        assertThat(parallelism("-XX:ActiveProcessorCount=3")).isEqualTo("4");
    }

    @Test
    void aNumberThatWasGivenStays() throws Exception {
        assertThat(parallelism("-XX:ActiveProcessorCount=3", "-D" + Carriers.PROPERTY + "=7")).isEqualTo("7");
    }

    private static String parallelism(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CarriersTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
