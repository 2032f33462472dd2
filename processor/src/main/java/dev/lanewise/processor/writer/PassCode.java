package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Action;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.Call;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.Given;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.Pass;
import dev.lanewise.processor.plan.Passes;
import dev.lanewise.processor.plan.StemPlan;
import dev.lanewise.processor.plan.Step;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The passes, their plan methods, and the fields that join the two. */
final class PassCode {
  private final Passes passes;
  private final boolean convolves;
  private final ValueCode values;

  PassCode(ClassPlan plan, ValueCode values) {
    this.passes = plan.passes();
    this.convolves =
        switch (plan) {
          case StemPlan stem -> true;
          case BlockPlan block -> true;
          case TailPlan tail -> false;
          case HeadPlan head -> false;
        };
    this.values = values;
  }

  /** Adds the fields. */
  void addFieldsTo(TypeSpec.Builder type) {
    Map<String, ClassName> forward = new LinkedHashMap<>();
    if (keepsX()) {
      forward.put(Given.X.name(), Types.TENSOR_TYPE);
    }
    collect(passes.forward(), forward);
    add(
        type,
        convolves
            ? "Forward: y is what a convolution writes, a is how it is read, activated."
            : "What forward reads and writes, and backward reads again.",
        forward);

    Map<String, ClassName> backward = new LinkedHashMap<>();
    if (passes.backward().uses(Given.D_OUT)) {
      backward.put(Given.D_OUT.name(), Types.TENSOR_TYPE);
    }
    if (passes.backward().uses(Value.BELOW)) {
      backward.put("below", Types.EPILOGUE);
    }
    collect(passes.backward(), backward);
    add(
        type,
        convolves
            ? "Backward: dz is a normalisation's gradient, dy is y's, written over it."
            : "Gradients.",
        backward);

    Map<String, ClassName> inference = new LinkedHashMap<>();
    inference.put(Given.T_IN.name(), Types.TENSOR_TYPE);
    collect(passes.inference(), inference);
    add(
        type,
        convolves
            ? "Inference: t is what a convolution writes, activated."
            : "What infer reads and writes.",
        inference);
  }

  /** Adds the methods. */
  void addMethodsTo(TypeSpec.Builder type) {
    type.addMethod(planForward());
    type.addMethod(pass("forward", passes.forward()));
    type.addMethod(pass("backward", passes.backward()));
    type.addMethod(planBackward());
    type.addMethod(outputGradient());
    type.addMethod(planInference());
    type.addMethod(pass("infer", passes.inference()));
  }

  private MethodSpec planForward() {
    MethodSpec.Builder method = planMethod("planForward").addParameter(Types.TENSOR_TYPE, "x");
    if (keepsX()) {
      method.addStatement("this.x = x");
    }
    actions(passes.forward(), method);
    return method.addStatement("return $L", result(passes.forward())).build();
  }

  private MethodSpec planBackward() {
    MethodSpec.Builder method =
        planMethod("planBackward")
            .addParameter(Types.TENSOR_TYPE, "dOut")
            .addParameter(Types.EPILOGUE, "below");
    if (passes.backward().uses(Given.D_OUT)) {
      method.addStatement("this.dOut = dOut");
    }
    if (passes.backward().uses(Value.BELOW)) {
      method.addStatement("this.below = below");
    }
    actions(passes.backward(), method);
    return method.addStatement("return $L", result(passes.backward())).build();
  }

  private MethodSpec planInference() {
    MethodSpec.Builder method = planMethod("planInference").addParameter(Types.TENSOR_TYPE, "x");
    method.addStatement("$N = x", Given.T_IN.name());
    actions(passes.inference(), method);
    return method.addStatement("return $L", result(passes.inference())).build();
  }

  private MethodSpec outputGradient() {
    return override("outputGradient")
        .returns(Types.EPILOGUE)
        .addStatement("return $L", values.value(passes.outputGradient()))
        .build();
  }

  private MethodSpec pass(String name, Pass pass) {
    MethodSpec.Builder method = override(name).returns(TypeName.VOID);
    for (Step step : pass.steps()) {
      if (!step.comment().isEmpty()) {
        method.addComment("$L", step.comment());
      }
      method.addStatement("$L", values.call(step.call()));
    }
    return method.build();
  }

  private CodeBlock result(Pass pass) {
    return values.value(pass.result() == null ? Value.NOTHING : pass.result());
  }

  private void actions(Pass pass, MethodSpec.Builder method) {
    String before = "";
    for (Action action : pass.actions()) {
      String comment = "";
      switch (action) {
        case Action.Acquire acquire ->
            method.addStatement(
                "$N = arena.acquire($L)",
                acquire.tensor().name(),
                values.shape(acquire.tensor().shape()));
        case Action.Make make ->
            method.addStatement("$N = $L", make.view().name(), values.call(make.view().make()));
        case Action.Release release -> {
          comment = comment(release.lastUse());
          if (!comment.equals(before)) {
            method.addComment("$L", comment);
          }
          method.addStatement("arena.release($N)", release.tensor().name());
        }
      }
      before = comment;
    }
  }

  private static String comment(Call lastUse) {
    return lastUse == null
        ? "not read any more"
        : "last used by " + lastUse.receiver() + "." + lastUse.method();
  }

  private boolean keepsX() {
    boolean shape =
        passes.backward().actions().stream()
            .anyMatch(
                action ->
                    action instanceof Action.Acquire acquire
                        && acquire.tensor().shape().source().equals(Given.X));
    return shape || passes.forward().uses(Given.X) || passes.backward().uses(Given.X);
  }

  private static void collect(Pass pass, Map<String, ClassName> fields) {
    for (Action action : pass.actions()) {
      switch (action) {
        case Action.Acquire acquire -> fields.put(acquire.tensor().name(), Types.TENSOR_TYPE);
        case Action.Make make -> fields.put(make.view().name(), ValueCode.type(make.view().type()));
        case Action.Release release -> {}
      }
    }
  }

  private static void add(TypeSpec.Builder type, String what, Map<String, ClassName> fields) {
    boolean first = true;
    for (var field : fields.entrySet()) {
      FieldSpec.Builder spec =
          FieldSpec.builder(field.getValue(), field.getKey(), Modifier.PRIVATE);
      type.addField(first ? spec.addJavadoc("$L", what).build() : spec.build());
      first = false;
    }
  }

  private static MethodSpec.Builder planMethod(String name) {
    return override(name).returns(Types.TENSOR_TYPE).addParameter(Types.ARENA_PLAN, "arena");
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
