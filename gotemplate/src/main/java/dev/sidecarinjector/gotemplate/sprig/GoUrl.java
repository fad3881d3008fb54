package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.Locale;

/**
 * A URL in its parts, as Go's package net/url splits it.
 *
 * @param user     as it stands before the host, percent-encoded; empty if there is none
 * @param path     decoded
 * @param query    encoded
 * @param fragment decoded
 */
record GoUrl(String scheme, String opaque, String user, String host, String path, String query, String fragment) {
    /** @throws FunctionFailure if the text is no URL */
    static GoUrl parse(String text) {
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : PercentEncoding.FRAGMENT.decode(text.substring(hash + 1));
        String rest = hash < 0 ? text : text.substring(0, hash);
        if (rest.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw failure("invalid control character in URL");
        }
        if (rest.equals("*")) {
            return new GoUrl("", "", "", "", "*", "", fragment);
        }
        int colon = schemeEnd(rest);
        String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new GoUrl(scheme, rest, "", "", "", query, fragment);
            }
            if (rest.contains(":") && (!rest.contains("/") || rest.indexOf(':') < rest.indexOf('/'))) {
                throw failure("first path segment in URL cannot contain colon");
            }
        }
        String authority = "";
        if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            authority = rest.substring(2, slash < 0 ? rest.length() : slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        int at = authority.lastIndexOf('@');
        return new GoUrl(scheme, "", at < 0 ? "" : user(authority.substring(0, at)), host(authority.substring(at + 1)),
                PercentEncoding.PATH.decode(rest), query, fragment);
    }

    /** Where the colon after the scheme is; negative if there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                if (i == 0) {
                    throw failure("missing protocol scheme");
                }
                return i;
            }
            if (!letter && (!other || i == 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static String user(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!alphanumeric && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
                throw failure("net/url: invalid userinfo");
            }
        }
        int colon = text.indexOf(':');
        String name = PercentEncoding.USER.encode(PercentEncoding.USER.decode(colon < 0 ? text : text.substring(0, colon)));
        return colon < 0 ? name : name + ":" + PercentEncoding.USER.encode(PercentEncoding.USER.decode(text.substring(colon + 1)));
    }

    private static String host(String text) {
        int bracket = text.lastIndexOf(']');
        if (text.startsWith("[") && bracket < 0) {
            throw failure("missing ']' in host");
        }
        if (text.indexOf('[') > 0) {
            throw failure("invalid IP-literal");
        }
        int colon = text.startsWith("[") ? bracket + 1 : text.lastIndexOf(':');
        if (colon >= 0 && !isPort(text.substring(colon))) {
            throw failure("invalid port \"" + text.substring(colon) + "\" after host");
        }
        if (!text.startsWith("[") && text.indexOf(':') != colon) {
            throw failure("invalid port: too many colons in host");
        }
        return PercentEncoding.HOST.decode(text);
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || (text.startsWith(":") && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
    }

    /** The host without its port and without brackets. */
    String hostname() {
        int colon = host.lastIndexOf(':');
        String name = colon >= 0 && isPort(host.substring(colon)) ? host.substring(0, colon) : host;
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** The URL as one text. */
    String print() {
        StringBuilder out = new StringBuilder();
        if (!scheme.isEmpty()) {
            out.append(scheme).append(':');
        }
        if (opaque.isEmpty()) {
            printHierarchy(out);
        } else {
            out.append(opaque);
        }
        if (!query.isEmpty()) {
            out.append('?').append(query);
        }
        if (!fragment.isEmpty()) {
            out.append('#').append(PercentEncoding.FRAGMENT.encode(fragment));
        }
        return out.toString();
    }

    private void printHierarchy(StringBuilder out) {
        if (!host.isEmpty() || !user.isEmpty() || (!scheme.isEmpty() && !path.isEmpty())) {
            out.append("//").append(user).append(user.isEmpty() ? "" : "@").append(PercentEncoding.HOST.encode(host));
        }
        String encoded = path.equals("*") ? "*" : PercentEncoding.PATH.encode(path);
        if (!encoded.isEmpty() && !encoded.startsWith("/") && !host.isEmpty()) {
            out.append('/');
        }
        int slash = encoded.indexOf('/');
        if (out.isEmpty() && (slash < 0 ? encoded : encoded.substring(0, slash)).contains(":")) {
            out.append("./");
        }
        out.append(encoded);
    }

    private static FunctionFailure failure(String reason) {
        return new FunctionFailure("unable to parse url: " + reason);
    }
}
