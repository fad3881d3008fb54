package dev.sidecarinjector.gotemplate.differential;

import java.util.List;

/** Literals and fields out of which random expressions are made; one pool for each kind of argument. */
final class Pools {
    private static final List<String> TEXTS = List.of(".name", ".empty", ".spaced", ".umlaut", ".wide", ".quoted", ".lines", ".path",
            ".camel", ".snake",
            ".html", ".number", ".octal", ".float", ".version", ".emoji", "`raw\\text`", "\"\"", "\"a\"", "\"ab cd\"", "\"Hello World\"",
            "\"x,y,,z\"", "\"\\u00e9t\\x41\\n\"",
            "\"HTTPServer\"", "\"a-b_c d\"", "\"0x1F\"", "\"1_000\"", "\"12.00\"", "\"-3\"", "\"1e3\"", "\"true\"", "\"%d\"", "$.name");
    private static final List<String> INTS = List.of("0", "1", "2", "3", "5", "7", "10", "-1", "-2", "0x10", "(len .name)", "(int .port)",
            "(int \"4\")", "1_0", "'a'");
    private static final List<String> PLACES = List.of("0", "1", "2", "3", "8", "-1", "-3");
    private static final List<String> NUMBERS = List.of("0", "1", "-3", "7", "12345", "2.5", "-0.5", "1.25e1", ".zero", ".one", ".port",
            ".million",
            ".fraction", ".negative", ".tiny", ".number", ".octal", ".float", ".yes", ".nothing", ".name", "(int64 9)",
            "(float64 \"2.75\")", "(add 1 2)");
    private static final List<String> BOOLS = List.of("true", "false", ".yes", ".no", "(empty .name)", "(eq 1 1)");
    private static final List<String> LISTS = List.of(".list", ".mixed", ".numbers", ".none", ".nested", "(list)", "(list 1 \"two\" 2.5)",
            "(list .name nil true)",
            "(splitList \",\" \"x,y,,z\")", "(until 3)", "(tuple \"z\" \"y\")", "(list 1 1 (list 2) (list 2))", "(rest .list)",
            "(list \"\" 0 false \"v\")", ".deep.x.list");
    private static final List<String> MAPS = List.of(".map", ".deep", ".blank", "(dict)", "(dict \"a\" 1 \"b\" (list 1))",
            "(dict \"k\" .name \"odd\")", ".deep.x",
            "(dict \"x\" (dict \"y\" \"z\"))", "(dict 1 2 true false)");
    private static final List<String> FRESH = List.of("(dict)", "(dict \"a\" 1 \"b\" (list 1))", "(dict \"k\" .name \"odd\")",
            "(dict \"x\" (dict \"y\" \"z\"))",
            "(dict \"a\" \"\" \"b\" nil \"l\" (list))", "(dict \"a\" false \"x\" (dict \"y\" 0 \"w\" \"q\"))", "(deepCopy .map)",
            "(deepCopy .deep)");
    private static final List<String> OTHER = List.of("nil", ".missing", ".nothing", ".large", ".huge", "1e21", "(split \",\" \"a,b\")");
    private static final List<String> COPIED = List.of(".deep", ".mixed", ".nested", "(dict \"a\" (list 1 (dict \"b\" nil)))", "(until 2)",
            "1", ".name");
    private static final List<String> KEYS = List.of("\"a\"", "\"b\"", "\"x\"", "\"y\"", "\"z\"", "\"k\"", "\"missing\"", "\"\"", ".name");
    private static final List<String> REGEXES = List.of("`a`", "`[a-z]+`", "`^\\s*(\\w+)`", "`o+|l`", "`(?i)HELLO`", "`(x*)`", "`\\d+`",
            "`(a)(b)?`", "`(?P<first>\\w)(\\w*)`",
            "`\\pL`", "`[[:upper:]]`", "`.`", "`(?s).+`", "`(?m)^.*$`", "`$`", "``", "`\\bw`", "`[^a-z\\n]`", "`a{2,3}|e?`",
            "`(a|ab)(c|bcd)*`", "`(`", "`a**`", "`\\Qa.b\\E|t`",
            "`(?U)l+`", "`\\p{Greek}`", "`[a`", "`x{1001}`", "`\\x41|\\x{e9}`", "`(?:te|t)*?x`", "`(|a)+`", "`[\\w-]+@`", "`\\1`",
            "`(?=a)`", "`{a`", "`a{,2}`");
    private static final List<String> REPLACEMENTS = List.of("`$1`", "`${1}x`", "`$$`", "`<$0>`", "`$first-`", "`$1x`", "``", "`${`",
            "`$9`", "`-`");
    private static final List<String> LAYOUTS = List.of("\"2006-01-02\"", "\"2006-01-02T15:04:05Z07:00\"",
            "\"Mon Jan _2 15:04:05 MST 2006\"", "\"02 January 06, 3:04pm\"",
            "\"Monday 02-Jan-06 15:04:05.000 -0700\"", "\"__2 002 1/2 03:4:5 PM .99\"", "\"Januar 2006x Month\"",
            "\"15h04 ,000000 Z0700 -07\"");
    private static final List<String> DATES = List.of("(toDate \"2006-01-02\" \"2024-02-29\")", "0", "1700000000", "(int64 951782400)",
            "(toDate \"2006 15:04:05\" \"1987 23:59:58.75\")",
            "(toDate \"2006-01-02T15:04:05Z07:00\" \"2023-11-05T06:30:00-05:00\")", "(toDate \"2006\" \"bad\")", "-86401");
    private static final List<String> DATE_TEXTS = List.of("\"2024-02-29\"", "\"2023-02-29\"", "\"2024-12-31T23:59:59.5+01:30\"",
            "\"2024-01-01T00:00:00Z\"", "\"Tue Mar  5 07:08:09 CET 2024\"",
            "\"02 march 24, 3:04pm\"", "\"Friday 05-Jul-24 15:04:05.123 -0700\"", "\"\"", "\"2024-1-2\"");
    private static final List<String> ZONES = List.of("\"UTC\"", "\"Europe/Berlin\"", "\"America/New_York\"", "\"Nowhere\"", "\"\"",
            "\"Asia/Tokyo\"");
    private static final List<String> DURATIONS = List.of("\"1h30m\"", "\"-5s\"", "\"1.5h\"", "\"300ms\"", "\"2us\"", "\"0\"", "\"x\"",
            "\"\"", "\"100\"", "\"8761h\"", "\"1000h2m\"", "\"7\"", "\"1h1h.5s\"");
    private static final List<String> URLS = List.of(".url", "\"http://host\"", "\"/path/only?q\"", "\"mailto:a@b.c\"", "\"//h:80/x\"",
            "\"http://[::1]:8080/a#b%20c\"", "\"a:b:c\"", "\":x\"", "\"http://h/%zz\"",
            "\"http://a b/\"", "\"\"", "\"x?y=1#z\"", "\"http://u@h:x/\"", "\"HTTP://Ex.org/ä\"");
    private static final List<String> VERSIONS = List.of(".version", "\"1.2.3\"", "\"v2\"", "\"1.2\"", "\"1.2.3-alpha.1\"",
            "\"1.2.3-alpha.beta\"", "\"0.0.3\"", "\"0.3.0\"", "\"01.2\"", "\"1.2.3-01\"",
            "\"x\"", "\"\"", "\"1.2.3+b\"", "\"2.0.0-rc.1\"");
    private static final List<String> CONSTRAINTS = List.of("\">=1.2\"", "\"^1.2.3\"", "\"~1.2\"", "\"1.x\"", "\"*\"", "\">1.2, <2\"",
            "\"1.2 - 2.3.4\"", "\"!=1.2.3\"", "\"<1 || >=2.0.0-0\"", "\"^0.3\"", "\"^0.0.3\"",
            "\"~0\"", "\"=1.2.3\"", "\"=> 1.2.3-alpha\"", "\"foo\"", "\"\"", "\">=1.2.3-0 <1.3\"", "\"!=1.x\"", "\"<=1.2\"", "\">1\"",
            "\"~>1.2.3-alpha\"", "\"^x\"", "\"!=1.2.x\"");
    private static final List<String> PATHS = List.of(".path", "\"/\"", "\"\"", "\"a/b/\"", "\"../x/./y//z\"", "\"/..\"", "\"file.tar.gz\"",
            "\"a.b/c\"", "\"//\"", "\".\"");
    private static final List<String> ENCODED = List.of("(b64enc .umlaut)", "(b32enc .wide)", "\"YQ==\"", "\"YQ\"", "\"Y Q=\"",
            "\"ME======\"", "\"MFRGG\"", "\"AAAA=\"", "\"\"", "\"/+8=\"", "\"YQ==\\n\"");
    private static final List<String> JSONS = List.of(".json", "`{}`", "`[1,2.50,-3e2]`", "`\"\\u00e9\\ud83d\\ude00\\n\"`",
            "`{\"a\":1,\"a\":2}`", "`nul`", "``", "` true `", "`[1,]`", "`{\"a\" 1}`", "`\"\\ud800\"`", "`01`", "`[[],{}]`");
    private static final List<String> FORMATS = List.of("\"%v\"", "\"%s\"", "\"%d\"", "\"%q\"", "\"%t\"", "\"%f\"", "\"%g\"", "\"%e\"",
            "\"%x\"", "\"%X\"", "\"%5s|\"", "\"%-8v|\"", "\"%05d\"", "\"%+d\"",
            "\"%.2f\"", "\"%8.3f|\"", "\"%T\"", "\"%#v\"", "\"%+v\"", "\"%c\"", "\"%U\"", "\"%b\"", "\"%o\"", "\"%%\"", "\"%z\"", "\"%\"",
            "\"no verb\"", "\"%.3s\"", "\"% x\"", "\"%#x\"", "\"%[1]v %[1]T\"",
            "\"%6.2v|\"", "\"%#q\"", "\"%+q\"", "\"%x %s\"", "\"%*d\"", "\"%G\"", "\"%.0e\"", "\"%O\"", "\"%#o\"", "\"%+.3g\"", "\"% d\"",
            "\"%010.3f\"");

    private Pools() {}

    /** The pool of a kind, as the signatures name it. */
    static List<String> of(char kind) {
        return switch (kind) {
            case 'S' -> TEXTS;
            case 'i' -> INTS;
            case 'n' -> PLACES;
            case 'N' -> NUMBERS;
            case 'b' -> BOOLS;
            case 'L' -> LISTS;
            case 'D' -> MAPS;
            case 'M' -> FRESH;
            case 'O' -> OTHER;
            case 'K' -> COPIED;
            case 'k' -> KEYS;
            case 'R' -> REGEXES;
            case 'r' -> REPLACEMENTS;
            case 'Y' -> LAYOUTS;
            case 'T' -> DATES;
            case 't' -> DATE_TEXTS;
            case 'Z' -> ZONES;
            case 'd' -> DURATIONS;
            case 'U' -> URLS;
            case 'V' -> VERSIONS;
            case 'C' -> CONSTRAINTS;
            case 'P' -> PATHS;
            case 'E' -> ENCODED;
            case 'J' -> JSONS;
            case 'F' -> FORMATS;
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }
}
