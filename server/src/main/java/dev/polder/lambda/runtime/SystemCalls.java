package dev.polder.lambda.runtime;

import static java.lang.classfile.ClassFile.ClassHierarchyResolverOption;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Redirects the calls by which a class reaches out of its environment to [FunctionSystem]:
/// environment variables, properties, standard streams, the time of day and the end of the process,
/// also where they are named by a method reference.
///
/// The SDK's HTTP clients are changed on the way too ([SdkHttpCalls]).
///
/// `X.now()` of `java.time` becomes `X.now(clock)` with the function's clock. A method reference
/// such as `LocalDate::now` is left as it is.
final class SystemCalls {
  private static final ClassDesc TARGET = ClassDesc.of(FunctionSystem.class.getName());
  private static final ClassDesc CLOCK = ClassDesc.of("java.time.Clock");
  private static final ClassDesc ZONE = ClassDesc.of("java.time.ZoneId");
  private static final ClassDesc STREAM = ClassDesc.of("java.io.PrintStream");
  private static final String SYSTEM = "java/lang/System";
  private static final String DATE = "java/util/Date";
  private static final String DATES = "java/time/";

  /// Static methods that [FunctionSystem] has under the same name and type.
  private static final Map<String, Set<String>> SAME =
      Map.of(
          SYSTEM,
          Set.of(
              "getenv",
              "getProperty",
              "setProperty",
              "clearProperty",
              "getProperties",
              "setOut",
              "setErr",
              "currentTimeMillis",
              "exit"),
          "java/time/Clock",
          Set.of("systemUTC", "systemDefaultZone", "system"),
          "java/time/Instant",
          Set.of("now"));

  private static final ClassTransform REDIRECTED =
      ClassTransform.transformingMethodBodies(SystemCalls::redirect);

  private final ClassFile classes;

  /// @param resources opens the class file of a name such as `java/util/List.class`
  SystemCalls(Function<String, @Nullable InputStream> resources) {
    this.classes =
        ClassFile.of(
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(
                        (ClassDesc type) -> resources.apply(internalName(type) + ".class"))
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached(ConcurrentHashMap::new)));
  }

  /// The class with its calls redirected; the same bytes where it has none.
  byte[] redirect(byte[] bytes) {
    ClassModel model = classes.parse(bytes);
    boolean system = isConcerned(model);
    if (SdkHttpCalls.isConcerned(model)) {
      ClassTransform asks = SdkHttpCalls.transform();
      return classes.transformClass(model, system ? asks.andThen(REDIRECTED) : asks);
    }
    return system ? classes.transformClass(model, REDIRECTED) : bytes;
  }

  private static boolean isConcerned(ClassModel model) {
    for (var entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        String type = member.type().stringValue();
        if (isSame(owner, name, type)
            || isDateNow(owner, name, type)
            || isNewDate(owner, name, type)
            || isStream(owner, name)
            || isExit(owner, name)
            || isPrintStackTrace(name, type)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void redirect(CodeBuilder code, CodeElement element) {
    switch (element) {
      case InvokeInstruction call -> redirect(code, call);
      case FieldInstruction field
          when field.opcode() == Opcode.GETSTATIC
              && isStream(field.owner().asInternalName(), field.name().stringValue()) ->
          code.invokestatic(TARGET, field.name().stringValue(), MethodTypeDesc.of(STREAM));
      case InvokeDynamicInstruction site -> redirect(code, site);
      default -> code.with(element);
    }
  }

  private static void redirect(CodeBuilder code, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    MethodTypeDesc type = call.typeSymbol();
    String descriptor = type.descriptorString();
    if (isSame(owner, name, descriptor)) {
      code.invokestatic(TARGET, name, type);
    } else if (isDateNow(owner, name, descriptor)) {
      boolean zoned = type.parameterCount() == 1;
      code.invokestatic(
          TARGET,
          zoned ? "system" : "systemDefaultZone",
          zoned ? MethodTypeDesc.of(CLOCK, ZONE) : MethodTypeDesc.of(CLOCK));
      MethodTypeDesc clocked = MethodTypeDesc.of(type.returnType(), CLOCK);
      code.invokestatic(call.owner().asSymbol(), name, clocked, call.isInterface());
    } else if (isNewDate(owner, name, descriptor)) {
      code.invokestatic(TARGET, "currentTimeMillis", MethodTypeDesc.of(ConstantDescs.CD_long));
      code.invokespecial(
          call.owner().asSymbol(),
          name,
          MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
    } else if (isExit(owner, name)) {
      code.invokestatic(TARGET, name, type.insertParameterTypes(0, call.owner().asSymbol()));
    } else if (isPrintStackTrace(name, descriptor) && call.opcode() == Opcode.INVOKEVIRTUAL) {
      code.invokestatic(
          TARGET, name, MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
    } else {
      code.with(call);
    }
  }

  private static void redirect(CodeBuilder code, InvokeDynamicInstruction site) {
    ConstantDesc[] arguments = site.bootstrapArgs().toArray(ConstantDesc[]::new);
    boolean changed = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof DirectMethodHandleDesc handle
          && handle.kind() == DirectMethodHandleDesc.Kind.STATIC
          && isSame(internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor())) {
        arguments[i] =
            MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                TARGET,
                handle.methodName(),
                MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()));
        changed = true;
      }
    }
    if (changed) {
      code.invokedynamic(
          DynamicCallSiteDesc.of(
              site.bootstrapMethod(), site.name().stringValue(), site.typeSymbol(), arguments));
    } else {
      code.with(site);
    }
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : "";
  }

  private static boolean isSame(String owner, String name, String type) {
    // Instant.now(Clock) has been given its clock and stays.
    return SAME.getOrDefault(owner, Set.of()).contains(name)
        && !type.startsWith("(Ljava/time/Clock;");
  }

  private static boolean isDateNow(String owner, String name, String type) {
    return owner.startsWith(DATES)
        && !owner.equals("java/time/Instant")
        && name.equals("now")
        && (type.startsWith("()") || type.startsWith("(Ljava/time/ZoneId;)"));
  }

  private static boolean isNewDate(String owner, String name, String type) {
    return owner.equals(DATE) && name.equals("<init>") && type.equals("()V");
  }

  private static boolean isStream(String owner, String name) {
    return owner.equals(SYSTEM) && (name.equals("out") || name.equals("err"));
  }

  private static boolean isExit(String owner, String name) {
    return owner.equals("java/lang/Runtime") && (name.equals("exit") || name.equals("halt"));
  }

  private static boolean isPrintStackTrace(String name, String type) {
    return name.equals("printStackTrace") && type.equals("()V");
  }
}
