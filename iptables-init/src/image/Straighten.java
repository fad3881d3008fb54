import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Byte;
import static java.lang.constant.ConstantDescs.CD_Character;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Short;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/**
 * Rewrites what the compiler leaves to be made at run time: switches over types, and the comparison of records. An AOT cache keeps lambdas, but not
 * these; the first of each costs a tenth of a start. The meaning is unchanged.
 *
 * <pre>java Straighten.java IN.jar OUT.jar OTHER.jar...</pre>
 */
final class Straighten implements ClassTransform {
    private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassDesc type;
    private final boolean isInterface;
    private final List<Runnable> added = new ArrayList<>();
    private ClassBuilder classBuilder;

    private Straighten(ClassModel model) {
        type = model.thisClass().asSymbol();
        isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
    }

    public static void main(String[] args) throws IOException {
        URL[] jars = new URL[args.length - 1];
        for (int i = 0; i < args.length; i++) {
            if (i != 1) {
                jars[i == 0 ? 0 : i - 1] = Path.of(args[i]).toUri().toURL();
            }
        }
        try (URLClassLoader classes = new URLClassLoader(jars);
                JarInputStream in = new JarInputStream(Files.newInputStream(Path.of(args[0])));
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                JarOutputStream out = new JarOutputStream(file)) {
            if (in.getManifest() != null) {
                out.putNextEntry(entry(JarFile.MANIFEST_NAME));
                in.getManifest().write(out);
            }
            ClassFile classFile = ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (JarEntry entry; (entry = in.getNextJarEntry()) != null;) {
                byte[] bytes = in.readAllBytes();
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class")) {
                    ClassModel model = classFile.parse(bytes);
                    bytes = classFile.transformClass(model, new Straighten(model));
                }
                out.putNextEntry(entry(entry.getName()));
                out.write(bytes);
            }
        }
    }

    /** Of a fixed time, so that the same classes give the same jar. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
        return entry;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        classBuilder = builder;
        if (element instanceof MethodModel method) {
            builder.transformMethod(method, MethodTransform.transformingCode(this::instruction));
        } else {
            builder.with(element);
        }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
        added.forEach(Runnable::run);
    }

    private void instruction(CodeBuilder code, CodeElement element) {
        if (!(element instanceof InvokeDynamicInstruction call)) {
            code.with(element);
            return;
        }
        var bootstrap = call.invokedynamic().bootstrap();
        String owner = bootstrap.bootstrapMethod().reference().owner().asInternalName();
        String name = call.name().stringValue();
        List<LoadableConstantEntry> constants = bootstrap.arguments();
        if (owner.equals(SWITCHES) && name.equals("typeSwitch") && constants.stream().allMatch(ClassEntry.class::isInstance)) {
            List<ClassDesc> labels = constants.stream().map(label -> ((ClassEntry) label).asSymbol()).toList();
            call(code, "typeSwitch", call.typeSymbol(), body -> typeSwitch(body, labels));
        } else if (owner.equals(RECORDS) && (name.equals("equals") || name.equals("hashCode"))) {
            List<MethodHandleEntry> fields = constants.subList(2, constants.size()).stream().map(MethodHandleEntry.class::cast).toList();
            call(code, name, call.typeSymbol(), body -> {
                if (name.equals("equals")) {
                    equal(body, fields);
                } else {
                    hash(body, fields);
                }
            });
        } else {
            code.with(element);
        }
    }

    private void call(CodeBuilder code, String name, MethodTypeDesc signature, java.util.function.Consumer<CodeBuilder> body) {
        String unique = name + "$straight" + added.size();
        added.add(() -> classBuilder.withMethodBody(unique, signature, PRIVATE_STATIC, body));
        code.invokestatic(type, unique, signature, isInterface);
    }

    /** Arguments: the object, and the first label that is looked at. Result: -1 for null, the label's index, or their number. */
    private static void typeSwitch(CodeBuilder code, List<ClassDesc> labels) {
        Label present = code.newLabel();
        code.aload(0).ifnonnull(present).loadConstant(-1).ireturn().labelBinding(present);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next).aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i).ireturn()
                    .labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }

    private void equal(CodeBuilder code, List<MethodHandleEntry> fields) {
        Label different = code.newLabel();
        code.aload(1).instanceOf(type).ifeq(different);
        for (MethodHandleEntry field : fields) {
            String name = field.reference().name().stringValue();
            ClassDesc of = ClassDesc.ofDescriptor(field.reference().type().stringValue());
            code.aload(0).getfield(type, name, of).aload(1).checkcast(type).getfield(type, name, of);
            switch (TypeKind.from(of)) {
                case REFERENCE -> code.invokestatic(ClassDesc.of("java.util.Objects"), "equals",
                        MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object)).ifeq(different);
                case LONG -> code.lcmp().ifne(different);
                // As objects: NaN is equal to itself, and the zeros differ.
                case FLOAT, DOUBLE -> code.invokestatic(boxed(of), "compare", MethodTypeDesc.of(CD_int, of, of)).ifne(different);
                default -> code.if_icmpne(different);
            }
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static ClassDesc boxed(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> CD_Boolean;
            case BYTE -> CD_Byte;
            case CHAR -> CD_Character;
            case SHORT -> CD_Short;
            case INT -> CD_Integer;
            case LONG -> CD_Long;
            case FLOAT -> CD_Float;
            case DOUBLE -> CD_Double;
            default -> throw new IllegalStateException("a field of the type " + primitive.displayName());
        };
    }

    private void hash(CodeBuilder code, List<MethodHandleEntry> fields) {
        code.iconst_0();
        for (MethodHandleEntry field : fields) {
            String name = field.reference().name().stringValue();
            ClassDesc of = ClassDesc.ofDescriptor(field.reference().type().stringValue());
            code.loadConstant(31).imul().aload(0).getfield(type, name, of);
            switch (TypeKind.from(of)) {
                case REFERENCE -> code.invokestatic(ClassDesc.of("java.util.Objects"), "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
                default -> code.invokestatic(boxed(of), "hashCode", MethodTypeDesc.of(CD_int, of));
            }
            code.iadd();
        }
        code.ireturn();
    }
}
