package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;

/** The functions of Sprig that a template cannot have, each with its reason. */
final class Refused {
    private Refused() {}

    /** Fails if the name is one of them. */
    static void check(String name) {
        String reason = switch (name) {
            case "now", "ago" -> "it reads the clock";
            case "env", "expandenv" -> "it reads the environment of the process";
            case "getHostByName" -> "it asks the network";
            case "randAlphaNum", "randAlpha", "randAscii", "randNumeric", "randBytes", "randInt", "shuffle", "uuidv4" ->
                "its result is random";
            case "bcrypt", "htpasswd", "encryptAES" -> "its result holds a random salt";
            case "genPrivateKey", "genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert",
                    "genSignedCertWithKey" ->
                "it makes a random key or certificate";
            case "buildCustomCert" -> "it serves the functions that make random certificates";
            default -> null;
        };
        if (reason != null) {
            throw new FunctionFailure("function \"" + name + "\" is refused: " + reason
                    + ", and the same input must always give the same result; pass the value in through the configuration");
        }
    }
}
