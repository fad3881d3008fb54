package dev.sidecarinjector.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.cluster.Eventually;
import dev.sidecarinjector.webhook.cluster.States;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is followed while its files change in all the ways in which files change. */
class ConfigurationFolderTest {
    /** So long that only the watch can be what noticed. */
    private static final Duration HARDLY_EVER = Duration.ofHours(1);

    @TempDir
    private Path temporary;

    private final List<String> used = new CopyOnWriteArrayList<>();
    private final States states = new States();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private LiveConfiguration live;

    @AfterEach
    void close() {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void aMountedConfigMapIsExchangedByALink() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("volume"));
        mount(folder, "..1", "a");
        for (String file : new String[]{"config", "values", "mesh"}) {
            Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
        }
        follow(folder, HARDLY_EVER);
        Eventually.isTrue(() -> used.equals(List.of("a a a")));
        for (int i = 2; i < 6; i++) {
            String mark = "m" + i;
            mount(folder, ".." + i, mark);
            delete(folder.resolve(".." + (i - 1)));
            Eventually.isTrue(() -> used.getLast().equals(mark + " " + mark + " " + mark));
        }
        assertThat(used).as("never a mixture").hasSize(5);
    }

    @Test
    void plainFilesMayBeWrittenOneAfterTheOther() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("plain"));
        write(folder, "a");
        follow(folder, HARDLY_EVER);
        Eventually.isTrue(() -> used.equals(List.of("a a a")));
        write(folder, "b");
        Eventually.isTrue(() -> used.getLast().equals("b b b"));
    }

    @Test
    void aHalfWrittenFileIsRejectedUntilTheRestIsThere() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("half"));
        write(folder, "a");
        follow(folder, HARDLY_EVER);
        Eventually.isTrue(() -> used.size() == 1);
        String text = Texts.values("b");
        Files.writeString(folder.resolve("values"), text.substring(0, 15));
        Eventually.isTrue(() -> states.state() == State.DEGRADED);
        assertThat(used).containsExactly("a a a");
        Files.writeString(folder.resolve("values"), text);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(used).containsExactly("a a a", "a b a");
    }

    @Test
    void aFolderMayAppearLater() throws Exception {
        Path folder = temporary.resolve("later");
        follow(folder, Duration.ofMillis(50));
        Eventually.isTrue(() -> states.state() == State.NOT_READY);
        Files.createDirectory(folder);
        write(folder, "a");
        Eventually.isTrue(() -> !used.isEmpty() && used.getLast().equals("a a a"));
    }

    /** As on a file system that tells nothing: the link leads to a folder that is not watched. */
    @Test
    void whatNobodyTellsIsFoundByLooking() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        write(elsewhere, "a");
        Path folder = Files.createDirectory(temporary.resolve("links"));
        for (String file : new String[]{"config", "values", "mesh"}) {
            Files.createSymbolicLink(folder.resolve(file), elsewhere.resolve(file));
        }
        follow(folder, Duration.ofMillis(50));
        Eventually.isTrue(() -> !used.isEmpty());
        write(elsewhere, "b");
        Eventually.isTrue(() -> used.getLast().equals("b b b"));
    }

    @Test
    void manyExchangesUnderWayNeverGiveAMixture() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("busy"));
        mount(folder, "..0", "m0");
        for (String file : new String[]{"config", "values", "mesh"}) {
            Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
        }
        ConfigurationFolder source = new ConfigurationFolder(folder, null);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 1; i < 400; i++) {
                    mount(folder, ".." + i, "m" + i);
                    delete(folder.resolve(".." + (i - 1)));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        int complete = 0;
        while (writer.isAlive() || complete == 0) {
            if (source.read() instanceof Reading.Complete(ConfigurationTexts texts)) {
                complete++;
                String mark = texts.mesh().substring("rootNamespace: ".length()).trim();
                assertThat(texts).isEqualTo(new ConfigurationTexts(Texts.config(mark), Texts.values(mark), Texts.mesh(mark)));
            }
        }
        writer.join();
        assertThat(complete).isPositive();
    }

    private void follow(Path folder, Duration lookAnyway) {
        LoadReport report = new LoadReport(registry, states, Events.NONE, InstantSource.system());
        live = new LiveConfiguration(new ConfigurationFolder(folder, null, lookAnyway), Features.DEFAULT, this::use, report);
        live.start();
    }

    private void use(Configuration configuration) {
        used.add(LiveConfigurationTest.mark(configuration));
    }

    private static void mount(Path folder, String name, String mark) throws IOException {
        write(Files.createDirectory(folder.resolve(name)), mark);
        Path fresh = folder.resolve("..data_tmp");
        Files.createSymbolicLink(fresh, Path.of(name));
        Files.move(fresh, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path folder, String mark) throws IOException {
        Files.writeString(folder.resolve("config"), Texts.config(mark));
        Files.writeString(folder.resolve("values"), Texts.values(mark));
        Files.writeString(folder.resolve("mesh"), Texts.mesh(mark));
    }

    private static void delete(Path folder) throws IOException {
        for (String file : new String[]{"config", "values", "mesh"}) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
