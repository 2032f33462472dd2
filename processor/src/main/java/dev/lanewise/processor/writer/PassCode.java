package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Action;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.Pass;
import dev.lanewise.processor.plan.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The passes, their plan methods, and the fields that join the two. */
final class PassCode {
  private final ClassPlan plan;

  PassCode(ClassPlan plan) {
    this.plan = plan;
  }

  /** Adds the fields. */
  void addFieldsTo(TypeSpec.Builder type) {
    boolean head = plan.units().isEmpty();
    Map<String, ClassName> forward = new LinkedHashMap<>();
    if (keepsX()) {
      forward.put("x", Types.TENSOR_TYPE);
    }
    collect(plan.forward(), forward);
    add(
        type,
        head
            ? "What forward reads and writes, and backward reads again."
            : "Forward: y is what a convolution writes, a is how it is read, activated.",
        forward);

    Map<String, ClassName> backward = new LinkedHashMap<>();
    if (plan.backward().uses("dOut")) {
      backward.put("dOut", Types.TENSOR_TYPE);
    }
    if (plan.backward().uses("below")) {
      backward.put("below", Types.EPILOGUE);
    }
    collect(plan.backward(), backward);
    add(
        type,
        head
            ? "Gradients."
            : "Backward: dz is a normalisation's gradient, dy is y's, written over it.",
        backward);

    Map<String, ClassName> inference = new LinkedHashMap<>();
    inference.put("tIn", Types.TENSOR_TYPE);
    collect(plan.inference(), inference);
    add(
        type,
        head
            ? "What infer reads and writes."
            : "Inference: t is what a convolution writes, activated.",
        inference);
  }

  /** Adds the methods. */
  void addMethodsTo(TypeSpec.Builder type) {
    type.addMethod(planForward());
    type.addMethod(pass("forward", plan.forward()));
    type.addMethod(pass("backward", plan.backward()));
    type.addMethod(planBackward());
    type.addMethod(outputGradient());
    type.addMethod(planInference());
    type.addMethod(pass("infer", plan.inference()));
  }

  private MethodSpec planForward() {
    MethodSpec.Builder method = planMethod("planForward").addParameter(Types.TENSOR_TYPE, "x");
    if (keepsX()) {
      method.addStatement("this.x = x");
    }
    actions(plan.forward(), method);
    return method.addStatement("return out").build();
  }

  private MethodSpec planBackward() {
    MethodSpec.Builder method =
        planMethod("planBackward")
            .addParameter(Types.TENSOR_TYPE, "dOut")
            .addParameter(Types.EPILOGUE, "below");
    if (plan.backward().uses("dOut")) {
      method.addStatement("this.dOut = dOut");
    }
    if (plan.backward().uses("below")) {
      method.addStatement("this.below = below");
    }
    actions(plan.backward(), method);
    boolean first = plan.role() == ClassPlan.Role.STEM;
    return method.addStatement("return $L", first ? "null" : "dx").build();
  }

  private MethodSpec planInference() {
    MethodSpec.Builder method = planMethod("planInference").addParameter(Types.TENSOR_TYPE, "x");
    method.addStatement("tIn = x");
    actions(plan.inference(), method);
    return method.addStatement("return tOut").build();
  }

  private MethodSpec outputGradient() {
    return override("outputGradient")
        .returns(Types.EPILOGUE)
        .addStatement("return $L", plan.joins() ? "outSums" : "null")
        .build();
  }

  private static MethodSpec pass(String name, Pass pass) {
    MethodSpec.Builder method = override(name).returns(TypeName.VOID);
    for (Step step : pass.steps()) {
      if (!step.comment().isEmpty()) {
        method.addComment("$L", step.comment());
      }
      method.addStatement("$L", Code.call(step.call()));
    }
    return method.build();
  }

  private static void actions(Pass pass, MethodSpec.Builder method) {
    String lastUse = null;
    for (Action action : pass.actions()) {
      if (action instanceof Action.Release release) {
        if (!release.lastUse().equals(lastUse)) {
          lastUse = release.lastUse();
          method.addComment(
              "$L", lastUse.isEmpty() ? "not read any more" : "last used by " + lastUse);
        }
        method.addStatement("arena.release($L)", release.tensor());
        continue;
      }
      lastUse = null;
      if (action instanceof Action.Acquire acquire) {
        method.addStatement("$L = arena.acquire($L)", acquire.tensor(), Code.call(acquire.shape()));
      } else if (action instanceof Action.Make make) {
        method.addStatement("$L = $L", make.view().name(), Code.call(make.view().make()));
      }
    }
  }

  private boolean keepsX() {
    boolean shape =
        plan.backward().actions().stream()
            .anyMatch(a -> a instanceof Action.Acquire acquire && acquire.shape().mentions("x"));
    return shape || plan.forward().uses("x") || plan.backward().uses("x");
  }

  private static void collect(Pass pass, Map<String, ClassName> fields) {
    for (Action action : pass.actions()) {
      if (action instanceof Action.Acquire acquire) {
        fields.put(acquire.tensor(), Types.TENSOR_TYPE);
      } else if (action instanceof Action.Make make) {
        fields.put(make.view().name(), Types.view(make.view().type()));
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
