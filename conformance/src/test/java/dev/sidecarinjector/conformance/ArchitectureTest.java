package dev.sidecarinjector.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may use whom, and what a functional core does without. Each rule says why. */
class ArchitectureTest {
    private static final String ROOT = "dev.sidecarinjector.";
    private static final String[] CORE = {ROOT + "gotemplate..", ROOT + "capture..", ROOT + "injection..", ROOT + "templates.."};
    private static final JavaClasses PRODUCT = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sidecarinjector");

    @Test
    void theTemplateEngineStandsAlone() {
        check(noClasses().that().resideInAPackage(ROOT + "gotemplate..").should()
                .dependOnClassesThat(outside(ROOT + "gotemplate", "java.", "javax.crypto.", "org.jspecify.")),
                "it implements a language, which neither Kubernetes nor a framework changes");
    }

    @Test
    void captureStandsAlone() {
        check(noClasses().that().resideInAPackage(ROOT + "capture..").should()
                .dependOnClassesThat(outside(ROOT + "capture", "java.", "org.jspecify.")),
                "the program that uses it starts once in every pod, and every class counts");
    }

    @Test
    void rulesAreAppliedWithoutALibrary() {
        check(noClasses().that().resideInAPackage(ROOT + "iptablesinit..").and().resideOutsideOfPackage(ROOT + "iptablesinit.lab..").and()
                .haveNameNotMatching(".*\\.CommandTree(\\$.*)?").should().dependOnClassesThat().resideInAPackage("picocli.."),
                "the program starts once in every pod; the other commands and all help are picocli's (ADR 8)");
    }

    @Test
    void theShippedTemplatesAreOnlyTexts() {
        check(noClasses().that().resideInAPackage(ROOT + "templates..").should().dependOnClassesThat(outside(ROOT + "templates", "java.")),
                "both programs carry them, also where nothing is rendered");
    }

    @Test
    void theEngineKnowsNoShell() {
        check(noClasses().that().resideInAPackage(ROOT + "injection..").should().dependOnClassesThat().resideInAnyPackage(
                ROOT + "webhook..",
                ROOT + "sidecarctl..", ROOT + "templates..", "org.springframework..", "picocli..", "io.fabric8.kubernetes.client..",
                "jakarta..", "org.apache.."),
                "one engine serves the webhook, the command line and the tests; what it needs comes in as values");
    }

    @Test
    void theTwoProgramsAreStrangers() {
        check(noClasses().that().resideInAPackage(ROOT + "webhook..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "sidecarctl.."),
                "what both need belongs to the engine");
        check(noClasses().that().resideInAPackage(ROOT + "sidecarctl..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "webhook.."),
                "the command line must start without a server's classes");
    }

    @Test
    void theCoreReadsNoFiles() {
        check(noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat()
                .haveNameMatching("java\\.io\\.File.*|java\\.nio\\.file\\..*")
                .orShould().dependOnClassesThat().resideInAnyPackage("java.net.."),
                "input and output belong to the shells, so that a result depends on arguments only");
    }

    @Test
    void theCoreHasNoClockNoDiceAndNoEnvironment() {
        check(noClasses().that().resideInAnyPackage(CORE).should()
                .callMethodWhere(named("java.lang.System", "getenv|getProperty|nanoTime|currentTimeMillis|exit")
                        .or(named("java.time.*", "now|systemUTC|systemDefaultZone")).or(named("java.lang.Math", "random")))
                .orShould()
                .dependOnClassesThat().haveNameMatching(
                        "java\\.util\\.Random|java\\.util\\.UUID|java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom"),
                "the same pod and the same configuration must give the same result, today and in a test");
    }

    @Test
    void theCoreDoesNotLog() {
        check(noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat().resideInAnyPackage("org.slf4j..",
                "java.util.logging..",
                "org.apache.logging..", "ch.qos.."), "what is worth saying is part of the result, as a warning, a step or an error");
    }

    @Test
    void thePackagesOfTheCoreFormLayers() {
        check(slices().matching(ROOT + "capture.(*)..").should().beFreeOfCycles(), "as for the engine");
        check(slices().matching(ROOT + "injection.(*)..").should().beFreeOfCycles(),
                "a package can be read after those it uses, and before its users");
    }

    @Test
    void thePackagesOfTheProgramsFormLayers() {
        check(slices().matching(ROOT + "webhook.(*)..").should().beFreeOfCycles().allowEmptyShould(true), "as for the engine");
        check(slices().matching(ROOT + "sidecarctl.(*)..").should().beFreeOfCycles().allowEmptyShould(true), "as for the engine");
    }

    @Test
    void nobodyUsesTheOldJackson() {
        check(noClasses().should().dependOnClassesThat().resideInAnyPackage("com.fasterxml.jackson.core..",
                "com.fasterxml.jackson.databind..",
                "com.fasterxml.jackson.dataformat.."), "two generations of trees in one program cost memory, start-up time and surprises");
    }

    @Test
    void oneGenerationOfJacksonIsOnTheClassPath() {
        Pattern old = Pattern.compile("jackson-(core|databind|dataformat-\\w+|module-\\w+|datatype-\\w+)-2\\..*\\.jar");
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(entry -> entry.substring(entry.replace('\\', '/').lastIndexOf('/') + 1)).toList();
        assertThat(jars).noneMatch(jar -> old.matcher(jar).matches()).anyMatch(jar -> jar.startsWith("jackson-databind-3."));
    }

    private static void check(ArchRule rule, String reason) {
        rule.because(reason).check(PRODUCT);
    }

    private static DescribedPredicate<JavaClass> outside(String... prefixes) {
        return DescribedPredicate.describe("outside " + String.join(", ", prefixes),
                used -> Arrays.stream(prefixes).noneMatch(prefix -> used.getBaseComponentType().getName().startsWith(prefix))
                        && !used.getBaseComponentType().isPrimitive());
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> named(String owner, String method) {
        return DescribedPredicate.describe("to " + owner + "." + method,
                call -> call.getTargetOwner().getName().matches(owner.replace("*", "\\w+")) && call.getName().matches(method));
    }
}
