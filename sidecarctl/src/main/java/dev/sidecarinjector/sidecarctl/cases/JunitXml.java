package dev.sidecarinjector.sidecarctl.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as JUnit XML, which most CI systems read: a suite for each file, a test for each case, and one for each template's coverage if a minimum is set. */
public final class JunitXml {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private JunitXml() {}

    public static String of(Report report) {
        JunitXml xml = new JunitXml();
        Map<String, List<CaseResult>> files = new LinkedHashMap<>();
        report.results().forEach(result -> files.computeIfAbsent(result.testCase().file(), _ -> new ArrayList<>()).add(result));
        xml.out.append("<testsuites>\n");
        files.forEach(xml::suite);
        if (report.minimum() > 0) {
            xml.coverage(report);
        }
        return xml.out.append("</testsuites>\n").toString();
    }

    private void suite(String file, List<CaseResult> results) {
        long failures = results.stream().filter(result -> !result.failures().isEmpty()).count();
        long errors = results.stream().filter(result -> result.problem() != null).count();
        long nanos = results.stream().mapToLong(CaseResult::nanos).sum();
        out.append("  <testsuite name=\"").append(escaped(file)).append("\" tests=\"").append(results.size()).append("\" failures=\"")
                .append(failures).append("\" errors=\"").append(errors).append("\" skipped=\"0\" time=\"").append(seconds(nanos))
                .append("\">\n");
        for (CaseResult result : results) {
            test(result.testCase().name(), file, result.nanos(), result.passed() ? "" : result.problem() != null ? "error" : "failure",
                    result.failures().isEmpty() ? "" : result.failures().getFirst().what(), Report.details(result));
        }
        out.append("  </testsuite>\n");
    }

    private void coverage(Report report) {
        long failures = report.coverage().stream().filter(template -> template.percent() < report.minimum()).count();
        out.append("  <testsuite name=\"coverage\" tests=\"").append(report.coverage().size()).append("\" failures=\"").append(failures)
                .append("\" errors=\"0\" skipped=\"0\" time=\"0.000\">\n");
        for (TemplateCoverage template : report.coverage()) {
            boolean enough = template.percent() >= report.minimum();
            List<String> missing = template.missing().stream().map(count -> template.place(count) + "  " + count.branch().text()).toList();
            test(template.template(), "coverage", 0, enough ? "" : "failure", template.summary(), enough ? List.of() : missing);
        }
        out.append("  </testsuite>\n");
    }

    private void test(String name, String file, long nanos, String element, String message, List<String> lines) {
        out.append("    <testcase name=\"").append(escaped(name)).append("\" classname=\"").append(escaped(file)).append("\" time=\"")
                .append(seconds(nanos)).append('"');
        if (element.isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append(">\n      <").append(element).append(" message=\"").append(escaped(message)).append("\">")
                .append(escaped(String.join("\n", lines))).append("</").append(element).append(">\n    </testcase>\n");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    /** For text and for attributes; characters that XML 1.0 cannot hold are shown by a question mark. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\t', '\r' -> escaped.append("&#").append(c).append(';');
                default -> escaped.appendCodePoint(c < 0x20 || (c >= 0xD800 && c < 0xE000) || c == 0xFFFE || c == 0xFFFF ? '?' : c);
            }
        });
        return escaped.toString();
    }
}
