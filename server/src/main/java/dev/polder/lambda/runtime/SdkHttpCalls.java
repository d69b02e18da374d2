package dev.polder.lambda.runtime;

import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;

/// Lets every synchronous HTTP client of the AWS SDK for Java 2 ask [FunctionHttp] first. That is
/// its one method `prepareRequest`, whichever library it is from and however the function chose it.
final class SdkHttpCalls {
  private static final String NAME = "prepareRequest";
  private static final ClassDesc REQUEST =
      ClassDesc.of("software.amazon.awssdk.http.HttpExecuteRequest");
  private static final ClassDesc EXECUTABLE =
      ClassDesc.of("software.amazon.awssdk.http.ExecutableHttpRequest");
  private static final MethodTypeDesc TYPE = MethodTypeDesc.of(EXECUTABLE, REQUEST);
  private static final String DESCRIPTOR = TYPE.descriptorString();
  private static final ClassDesc TARGET = ClassDesc.of(FunctionHttp.class.getName());

  private SdkHttpCalls() {}

  static boolean isConcerned(ClassModel model) {
    return model.methods().stream().anyMatch(SdkHttpCalls::isConcerned);
  }

  private static boolean isConcerned(MethodModel method) {
    return method.methodName().equalsString(NAME)
        && method.methodType().equalsString(DESCRIPTOR)
        && !method.flags().has(AccessFlag.ABSTRACT)
        && !method.flags().has(AccessFlag.STATIC);
  }

  /// A new transformation for one class.
  static ClassTransform transform() {
    return (classes, element) -> {
      if (element instanceof MethodModel method && isConcerned(method)) {
        classes.transformMethod(method, MethodTransform.transformingCode(new Asking()));
      } else {
        classes.with(element);
      }
    };
  }

  /// `var local = FunctionHttp.of(request); if (local != null) return local;` before the rest.
  private static final class Asking implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      Label own = code.newLabel();
      code.aload(1).invokestatic(TARGET, "of", TYPE).dup().ifnull(own).areturn();
      code.labelBinding(own).pop();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
