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
import java.lang.classfile.Attributes;
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
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/**
 * Rewrites what the compiler leaves to be made at run time: switches over types, the comparison of records, and functions. Of the first two an AOT cache keeps
 * nothing, and the first of each costs a tenth of a start; it keeps functions, but with all of the JDK that they were made with, which is then loaded in every run.
 * The meaning is unchanged.
 *
 * <p>And makes a module of the jar, which exports all that it has: the image then has no class path, in which the JDK would look for services by opening each jar.
 *
 * <pre>java Straighten.java IN.jar OUT.jar MODULE [OTHER.jar OTHER_MODULE]...</pre>
 */
final class Straighten implements ClassTransform {
    private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";
    private static final String FUNCTIONS = "java/lang/invoke/LambdaMetafactory";
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassDesc type;
    private final boolean isInterface;
    private final List<Runnable> added = new ArrayList<>();
    private final Map<ClassDesc, byte[]> functions = new LinkedHashMap<>();
    private final ClassFile classFile;
    private final ClassDesc nestHost;
    private ClassBuilder classBuilder;

    private Straighten(ClassFile classFile, ClassModel model) {
        this.classFile = classFile;
        type = model.thisClass().asSymbol();
        nestHost = model.findAttribute(Attributes.nestHost()).map(host -> host.nestHost().asSymbol()).orElse(type);
        isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
    }

    public static void main(String[] args) throws IOException {
        List<URL> jars = new ArrayList<>(List.of(Path.of(args[0]).toUri().toURL()));
        List<String> modules = new ArrayList<>();
        for (int i = 3; i < args.length; i += 2) {
            jars.add(Path.of(args[i]).toUri().toURL());
            modules.add(args[i + 1]);
        }
        try (URLClassLoader classes = new URLClassLoader(jars.toArray(URL[]::new));
                JarInputStream in = new JarInputStream(Files.newInputStream(Path.of(args[0])));
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                JarOutputStream out = new JarOutputStream(file)) {
            ClassFile classFile = ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            Map<String, byte[]> entries = new LinkedHashMap<>();
            for (JarEntry entry; (entry = in.getNextJarEntry()) != null;) {
                if (entry.getName().endsWith(".class")) {
                    entries.put(entry.getName(), in.readAllBytes());
                } else if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
                    out.putNextEntry(entry(entry.getName()));
                    in.transferTo(out);
                }
            }
            out.putNextEntry(entry("module-info.class"));
            out.write(classFile.buildModule(module(args[2], modules, entries.keySet())));
            for (Map.Entry<String, byte[]> entry : straight(classFile, entries).entrySet()) {
                out.putNextEntry(entry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    private static ModuleAttribute module(String name, List<String> required, Set<String> files) {
        return ModuleAttribute.of(ModuleDesc.of(name), module -> {
            module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
            for (String other : required) {
                module.requires(ModuleDesc.of(other), 0, null);
            }
            files.stream().map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.')).distinct()
                    .forEach(folder -> module.exports(PackageDesc.of(folder), 0));
        });
    }

    private static Map<String, byte[]> straight(ClassFile classFile, Map<String, byte[]> entries) {
        Map<String, byte[]> straight = new LinkedHashMap<>();
        Map<String, List<ClassDesc>> nests = new LinkedHashMap<>();
        entries.forEach((name, bytes) -> {
            ClassModel model = classFile.parse(bytes);
            Straighten work = new Straighten(classFile, model);
            straight.put(name, classFile.transformClass(model, work));
            work.functions.forEach((function, code) -> straight.put(file(function), code));
            nests.computeIfAbsent(file(work.nestHost), _ -> new ArrayList<>()).addAll(work.functions.keySet());
        });
        // What a function calls may be private.
        nests.forEach((host, members) -> {
            ClassModel model = classFile.parse(straight.get(host));
            List<ClassDesc> all = new ArrayList<>();
            model.findAttribute(Attributes.nestMembers()).ifPresent(nest -> nest.nestMembers().forEach(member -> all.add(member.asSymbol())));
            all.addAll(members);
            if (!members.isEmpty()) {
                straight.put(host, classFile.transformClass(model, ClassTransform.dropping(NestMembersAttribute.class::isInstance)
                        .andThen(ClassTransform.endHandler(builder -> builder.with(NestMembersAttribute.ofSymbols(all))))));
            }
        });
        return straight;
    }

    private static String file(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1) + ".class";
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
        } else if (owner.equals(FUNCTIONS) && bootstrap.bootstrapMethod().reference().name().equalsString("metafactory")) {
            ClassDesc function = function(name, call.typeSymbol(), (DirectMethodHandleDesc) constants.get(1).constantValue(),
                    (MethodTypeDesc) constants.get(0).constantValue(), (MethodTypeDesc) constants.get(2).constantValue());
            code.invokestatic(function, "of", call.typeSymbol());
        } else {
            code.with(element);
        }
    }

    /**
     * A class of one function.
     *
     * @param made from what the function has caught, to the interface that it implements
     * @param erased types of the interface's method, as the virtual machine calls it
     * @param actual types that its arguments and result have
     */
    private ClassDesc function(String name, MethodTypeDesc made, DirectMethodHandleDesc called, MethodTypeDesc erased, MethodTypeDesc actual) {
        String descriptor = type.descriptorString();
        ClassDesc function = ClassDesc.ofDescriptor(descriptor.substring(0, descriptor.length() - 1) + "$function" + functions.size() + ";");
        List<ClassDesc> caught = made.parameterList();
        byte[] bytes = classFile.build(function, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC).withInterfaceSymbols(made.returnType())
                    .with(NestHostAttribute.of(nestHost));
            for (int i = 0; i < caught.size(); i++) {
                builder.withField("caught" + i, caught.get(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            }
            builder.withMethodBody(ConstantDescs.INIT_NAME, made.changeReturnType(ConstantDescs.CD_void), ClassFile.ACC_PRIVATE, code -> {
                code.aload(0).invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                for (int i = 0; i < caught.size(); i++) {
                    code.aload(0).loadLocal(TypeKind.from(caught.get(i)), code.parameterSlot(i)).putfield(function, "caught" + i, caught.get(i));
                }
                code.return_();
            });
            builder.withMethodBody("of", made, ClassFile.ACC_STATIC, code -> {
                code.new_(function).dup();
                for (int i = 0; i < caught.size(); i++) {
                    code.loadLocal(TypeKind.from(caught.get(i)), code.parameterSlot(i));
                }
                code.invokespecial(function, ConstantDescs.INIT_NAME, made.changeReturnType(ConstantDescs.CD_void)).areturn();
            });
            builder.withMethodBody(name, erased, ClassFile.ACC_PUBLIC, code -> apply(code, function, caught, called, erased, actual));
        });
        functions.put(function, bytes);
        return function;
    }

    private static void apply(CodeBuilder code, ClassDesc function, List<ClassDesc> caught, DirectMethodHandleDesc called, MethodTypeDesc erased,
            MethodTypeDesc actual) {
        boolean creates = called.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        if (creates) {
            code.new_(called.owner()).dup();
        }
        // Of the handle: the receiver, where there is one, is the first of its parameters.
        MethodTypeDesc wanted = called.invocationType();
        for (int i = 0; i < caught.size(); i++) {
            code.aload(0).getfield(function, "caught" + i, caught.get(i));
            convert(code, caught.get(i), caught.get(i), wanted.parameterType(i));
        }
        for (int i = 0; i < erased.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(erased.parameterType(i)), code.parameterSlot(i));
            convert(code, erased.parameterType(i), actual.parameterType(i), wanted.parameterType(caught.size() + i));
        }
        MethodTypeDesc signature = MethodTypeDesc.ofDescriptor(called.lookupDescriptor());
        switch (called.kind()) {
            case CONSTRUCTOR -> code.invokespecial(called.owner(), ConstantDescs.INIT_NAME, signature);
            case STATIC, INTERFACE_STATIC -> code.invokestatic(called.owner(), called.methodName(), signature, called.isOwnerInterface());
            case VIRTUAL, SPECIAL -> code.invokevirtual(called.owner(), called.methodName(), signature);
            case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> code.invokeinterface(called.owner(), called.methodName(), signature);
            default -> throw new IllegalStateException("a function that is " + called);
        }
        if (erased.returnType().equals(ConstantDescs.CD_void)) {
            switch (TypeKind.from(wanted.returnType()).slotSize()) {
                case 0 -> {}
                case 1 -> code.pop();
                default -> code.pop2();
            }
            code.return_();
        } else {
            convert(code, wanted.returnType(), wanted.returnType(), erased.returnType());
            code.return_(TypeKind.from(erased.returnType()));
        }
    }

    /** From a type on the stack, of which more is known than the virtual machine knows, to another. */
    private static void convert(CodeBuilder code, ClassDesc on, ClassDesc known, ClassDesc to) {
        if (on.isPrimitive() && to.isPrimitive()) {
            code.conversion(TypeKind.from(on), TypeKind.from(to));
        } else if (on.isPrimitive()) {
            code.invokestatic(boxed(on), "valueOf", MethodTypeDesc.of(boxed(on), on));
        } else if (to.isPrimitive()) {
            ClassDesc box = known.equals(CD_Object) ? boxed(to) : known;
            ClassDesc inside = box.equals(boxed(to)) ? to : unboxed(box);
            code.checkcast(box).invokevirtual(box, inside.displayName() + "Value", MethodTypeDesc.of(inside))
                    .conversion(TypeKind.from(inside), TypeKind.from(to));
        } else if (!to.equals(on) && !to.equals(CD_Object)) {
            code.checkcast(to);
        }
    }

    private static ClassDesc unboxed(ClassDesc box) {
        for (ClassDesc primitive : List.of(CD_boolean, ConstantDescs.CD_byte, ConstantDescs.CD_char, ConstantDescs.CD_short, CD_int, ConstantDescs.CD_long,
                ConstantDescs.CD_float, ConstantDescs.CD_double)) {
            if (boxed(primitive).equals(box)) {
                return primitive;
            }
        }
        throw new IllegalStateException("a number of the type " + box.displayName());
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
