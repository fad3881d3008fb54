package dev.sidecarinjector.iptablesinit.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's classes are rewritten, which nobody may notice but the clock. */
class StraightenTest {
    private static final String MODULE = "dev.sidecarinjector.example";
    private static final String SHAPES = Shapes.class.getName();
    private static final String FUNCTIONS = Functions.class.getName();
    private static final String MADE = "SwitchBootstraps|ObjectMethods";

    @TempDir
    private static Path folder;
    private static Path plain;
    private static Path straight;

    @BeforeAll
    static void rewrite() throws Exception {
        plain = folder.resolve("plain.jar");
        straight = folder.resolve("straight.jar");
        Path classes = Path.of(Objects.requireNonNull(Shapes.class.getResource("Shapes.class")).toURI()).getParent();
        try (OutputStream file = Files.newOutputStream(plain);
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> files = Files.list(classes)) {
            for (Path each : files.filter(path -> path.getFileName().toString().matches("(Shapes|Functions).*")).toList()) {
                jar.putNextEntry(new JarEntry(Shapes.class.getPackageName().replace('.', '/') + "/" + each.getFileName()));
                Files.copy(each, jar);
            }
            jar.putNextEntry(new JarEntry("some.txt"));
            jar.write('x');
        }
        Path program = sources().resolve("src/image/Straighten.java");
        Child.Result result = Child.run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), program.toString(),
                plain.toString(), straight.toString(), MODULE), Map.of(), "");
        assertThat(result).extracting(Child.Result::status, Child.Result::err).containsExactly(0, "");
    }

    /** The module's folder, from that of its classes. */
    private static Path sources() throws Exception {
        URI place = Shapes.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(place).resolve("../..").normalize();
    }

    private static String behaviour(Path jar, String type) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return (String) loader.loadClass(type).getMethod("behaviour").invoke(null);
        }
    }

    @Test
    void rewrittenClassesDoWhatTheyDidBefore() throws Exception {
        assertThat(behaviour(straight, SHAPES)).isEqualTo(behaviour(plain, SHAPES)).isEqualTo(Shapes.behaviour())
                .contains("large circle", "NaN");
        assertThat(behaviour(straight, FUNCTIONS)).isEqualTo(behaviour(plain, FUNCTIONS)).isEqualTo(Functions.behaviour())
                .contains("-7 300 z 1099511627776 0.5", ">Hello, Hello, you", "derived of base", "not a text");
    }

    @Test
    void functionsAreClasses() throws IOException {
        assertThat(calls(plain, "LambdaMetafactory")).hasSizeGreaterThan(30);
        assertThat(calls(straight, "LambdaMetafactory")).isEmpty();
    }

    @Test
    void theJarIsAModule() throws IOException {
        try (JarFile jar = new JarFile(straight.toFile())) {
            ModuleDescriptor module = ModuleDescriptor.read(jar.getInputStream(jar.getEntry("module-info.class")));
            assertThat(module.name()).isEqualTo(MODULE);
            assertThat(module.exports()).extracting(ModuleDescriptor.Exports::source).containsExactly(Shapes.class.getPackageName());
            assertThat(module.requires()).extracting(ModuleDescriptor.Requires::name).containsExactly("java.base");
        }
    }

    @Test
    void switchesOverTypesAndComparisonsOfRecordsAreCode() throws IOException {
        assertThat(calls(plain, MADE)).contains("typeSwitch", "equals", "hashCode", "toString");
        // Constants among the labels of a switch are left to the JDK, and so are texts of records, which no run makes.
        assertThat(calls(straight, MADE)).doesNotContain("equals", "hashCode").contains("toString");
        assertThat(calls(straight, MADE).stream().filter("typeSwitch"::equals)).hasSize(1);
        assertThat(calls(plain, MADE).stream().filter("typeSwitch"::equals)).hasSizeGreaterThan(3);
    }

    @Test
    void everythingElseInTheJarIsAsItWas() throws IOException {
        try (JarFile jar = new JarFile(straight.toFile())) {
            assertThat(jar.getInputStream(jar.getEntry("some.txt")).readAllBytes()).containsExactly('x');
        }
    }

    /** Names of what is made at run time by some of the JDK's classes. */
    private static List<String> calls(Path jar, String makers) throws IOException {
        List<String> calls = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(each -> each.getName().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                model.methods().stream().flatMap(method -> method.code().stream()).flatMap(code -> code.elementStream())
                        .filter(InvokeDynamicInstruction.class::isInstance).map(InvokeDynamicInstruction.class::cast)
                        .filter(call -> call.bootstrapMethod().owner().displayName().matches(makers))
                        .forEach(call -> calls.add(call.name().stringValue()));
            }
        }
        return calls;
    }
}
