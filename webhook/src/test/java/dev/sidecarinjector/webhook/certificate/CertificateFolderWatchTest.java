package dev.sidecarinjector.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFolderWatchTest {
    private static final ServingCertificate FIRST = ServingCertificate.selfMade();
    private static final ServingCertificate SECOND = ServingCertificate.selfMade();
    @TempDir
    Path folder;
    private final List<ServingCertificate> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private CertificateFolderWatch watch;

    @BeforeEach
    void mountedAsAVolumeIs() throws Exception {
        generation("..1", FIRST);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
            Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
        }
        watch = new CertificateFolderWatch(folder, ServingCertificate.in(folder), taken::add, refused::add);
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    void aSwappedLinkIsSeen() throws Exception {
        polls(3);
        assertThat(taken).isEmpty();
        swap("..2", SECOND);
        polls(3);
        assertThat(taken).containsExactly(SECOND);
        assertThat(refused).isEmpty();
    }

    @Test
    void halvesOfTwoAreNotTakenAndSaidOnce() throws Exception {
        swap("..2", new ServingCertificate(SECOND.chain(), FIRST.key(), SECOND.authority()));
        polls(5);
        assertThat(taken).isEmpty();
        assertThat(refused).hasSize(1).first().asString().contains("tls.key", "not the private key");
        swap("..3", SECOND);
        polls(2);
        assertThat(taken).containsExactly(SECOND);
        assertThat(refused).hasSize(2).last().isEqualTo("");
    }

    @Test
    void aFolderThatIsEmptiedChangesNothing() throws Exception {
        Files.delete(folder.resolve("..data"));
        polls(3);
        assertThat(taken).isEmpty();
        assertThat(refused).hasSize(1);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        polls(2);
        assertThat(taken).as("the same as before").isEmpty();
        assertThat(refused).hasSize(2);
    }

    @Test
    void aSetThatStillChangesIsNotTaken() throws Exception {
        swap("..2", SECOND);
        polls(1);
        swap("..3", ServingCertificate.selfMade());
        polls(1);
        assertThat(taken).isEmpty();
        polls(1);
        assertThat(taken).hasSize(1);
    }

    private void polls(int times) {
        for (int i = 0; i < times; i++) {
            watch.poll();
        }
    }

    private void swap(String name, ServingCertificate certificate) throws Exception {
        generation(name, certificate);
        Files.createSymbolicLink(folder.resolve("..next"), Path.of(name));
        Files.move(folder.resolve("..next"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void generation(String name, ServingCertificate certificate) throws Exception {
        Path generation = Files.createDirectory(folder.resolve(name));
        Files.writeString(generation.resolve("tls.crt"), certificate.chain());
        Files.writeString(generation.resolve("tls.key"), certificate.key());
        Files.writeString(generation.resolve("ca.crt"), certificate.authority());
    }
}
