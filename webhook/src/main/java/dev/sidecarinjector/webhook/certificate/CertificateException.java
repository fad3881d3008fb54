package dev.sidecarinjector.webhook.certificate;

/** A certificate that cannot be used; the message says which file, what is wrong with it, and what to do. */
public final class CertificateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertificateException(String message) {
        super(message);
    }
}
