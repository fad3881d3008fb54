package dev.sidecarinjector.webhook.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.pem.PemContent;

class ServingCertificateTest {
    @TempDir
    Path folder;

    @Test
    void aSelfMadeOneIsGoodForThisHostAndTheService() throws Exception {
        X509Certificate certificate = leaf(ServingCertificate.selfMade());
        List<Object> names = certificate.getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)).toList();
        assertThat(names).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "sidecar-injector.istio-system.svc");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getBasicConstraints()).as("not an authority").isEqualTo(-1);
        assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(364)));
        certificate.checkValidity();
    }

    @Test
    void itIsSignedByTheAuthorityThatComesWithIt() throws Exception {
        ServingCertificate made = ServingCertificate.selfMade();
        X509Certificate authority = PemContent.of(made.authority()).getCertificates().getFirst();
        leaf(made).verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(leaf(made).getSerialNumber()).isNotEqualTo(leaf(ServingCertificate.selfMade()).getSerialNumber());
    }

    @Test
    void anEmptyFolderIsFilledAndReadTheNextTime() throws Exception {
        Path inner = folder.resolve("new/certs");
        ServingCertificate made = ServingCertificate.in(inner);
        assertThat(ServingCertificate.in(inner)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner.resolve("tls.key")))).isEqualTo("rw-------");
    }

    @Test
    void withoutAnAuthorityItsOwnClientsTrustTheCertificateItself() throws Exception {
        ServingCertificate.in(folder);
        Files.delete(folder.resolve("ca.crt"));
        assertThat(ServingCertificate.in(folder).clientContext()).isNotNull();
    }

    @Test
    void aMissingKeyIsNamed() throws Exception {
        ServingCertificate.in(folder);
        Files.delete(folder.resolve("tls.key"));
        assertThatThrownBy(() -> ServingCertificate.in(folder)).isInstanceOf(CertificateException.class)
                .hasMessageContaining(folder.resolve("tls.key").toString())
                .hasMessageContaining("empty folder");
    }

    @Test
    void aTextThatIsNoCertificateIsNamed() throws Exception {
        ServingCertificate.in(folder);
        Files.writeString(folder.resolve("tls.crt"), "nothing");
        assertThatThrownBy(() -> ServingCertificate.in(folder)).isInstanceOf(CertificateException.class).hasMessageContaining("tls.crt");
    }

    @Test
    void theKeyOfAnotherCertificateIsNamed() throws Exception {
        ServingCertificate.in(folder);
        Files.writeString(folder.resolve("tls.key"), ServingCertificate.selfMade().key());
        assertThatThrownBy(() -> ServingCertificate.in(folder)).isInstanceOf(CertificateException.class).hasMessageContaining("tls.key");
    }

    @Test
    void theTextOfOneInALogHoldsNoKey() {
        ServingCertificate made = ServingCertificate.selfMade();
        assertThat(made.toString()).doesNotContain("PRIVATE").contains("CN=sidecar-injector");
    }

    private static X509Certificate leaf(ServingCertificate certificate) {
        return PemContent.of(certificate.chain()).getCertificates().getFirst();
    }
}
