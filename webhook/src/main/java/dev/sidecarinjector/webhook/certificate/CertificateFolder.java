package dev.sidecarinjector.webhook.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.ssl.pem.PemContent;

/** The folder of {@code --cert-dir}: read when the files are there, filled when none is. */
final class CertificateFolder {
    private final Path folder;
    private final Path chain;
    private final Path key;
    private final Path authority;

    CertificateFolder(Path folder) {
        this.folder = folder;
        this.chain = folder.resolve("tls.crt");
        this.key = folder.resolve("tls.key");
        this.authority = folder.resolve("ca.crt");
    }

    ServingCertificate certificate() {
        if (Stream.of(chain, key, authority).noneMatch(Files::exists)) {
            ServingCertificate made = ServingCertificate.selfMade();
            write(made);
            return made;
        }
        return given();
    }

    /** What the files hold now. */
    ServingCertificate given() {
        ServingCertificate given = new ServingCertificate(read(chain), read(key), Files.exists(authority) ? read(authority) : "");
        check(given);
        return given;
    }

    private void check(ServingCertificate given) {
        X509Certificate certificate = certificateIn(given);
        Instant end = certificate.getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            throw new CertificateException(chain + ": the certificate expired at " + end
                    + "; put a new one there, or delete tls.crt, tls.key and ca.crt to have one made");
        }
        if (!PrivateKeys.belongTogether(certificate.getPublicKey(), keyIn(given))) {
            throw new CertificateException(key + ": this is not the private key of the certificate in " + chain + "; put both there again");
        }
    }

    private X509Certificate certificateIn(ServingCertificate given) {
        try {
            return PemContent.of(given.chain()).getCertificates().getFirst();
        } catch (IllegalStateException e) {
            throw new CertificateException(chain + ": no certificate in PEM format: " + e.getMessage());
        }
    }

    private PrivateKey keyIn(ServingCertificate given) {
        try {
            return Objects.requireNonNull(PemContent.of(given.key()).getPrivateKey());
        } catch (IllegalStateException e) {
            throw new CertificateException(key + ": no private key in PEM format: " + e.getMessage());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CertificateException(
                    file + ": cannot be read (" + e + "); --cert-dir needs tls.crt and tls.key, or an empty folder to have them made");
        }
    }

    private void write(ServingCertificate made) {
        try {
            Files.createDirectories(folder);
            boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
            FileAttribute<?>[] secret = posix
                    ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                    : new FileAttribute<?>[0];
            Files.createFile(key, secret);
            Files.writeString(key, made.key(), StandardOpenOption.WRITE);
            Files.writeString(chain, made.chain());
            Files.writeString(authority, made.authority());
        } catch (IOException e) {
            throw new CertificateException(folder + ": the self-made certificate cannot be written there (" + e
                    + "); make the folder writable or leave out --cert-dir");
        }
    }
}
