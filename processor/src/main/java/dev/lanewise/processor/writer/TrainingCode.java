package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Action;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.Given;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.Passes;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.UnitsPlan;
import dev.lanewise.processor.plan.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The class of a block's part in a training pass. */
final class TrainingCode {
  static final String NAME = "Training";

  private final ClassPlan plan;
  private final Passes passes;
  private final ValueCode values;
  private final PassCode forward;
  private final PassCode backward;

  TrainingCode(ClassPlan plan, ValueCode values) {
    this.plan = plan;
    this.passes = plan.passes();
    this.values = values;
    this.forward = new PassCode(passes.forward(), values);
    this.backward = new PassCode(passes.backward(), values);
  }

  TypeSpec type() {
    TypeSpec.Builder type = PassCode.nested(NAME, Types.BLOCK_TRAINING, "A training pass.");
    addFieldsTo(type);
    return type.addMethod(constructor())
        .addMethod(planForward())
        .addMethod(forward.run("forward"))
        .addMethod(backward.run("backward"))
        .addMethod(planBackward())
        .addMethod(outputGradient())
        .build();
  }

  private void addFieldsTo(TypeSpec.Builder type) {
    Map<String, ClassName> layers = new LinkedHashMap<>();
    for (Value.Layer layer : plan.layers()) {
      layers.put(layer.name(), ValueCode.trainingType(layer.type()));
    }
    PassCode.add(type, "The layers.", layers, Modifier.PRIVATE, Modifier.FINAL);

    Map<String, ClassName> made = new LinkedHashMap<>();
    if (keepsX()) {
      made.put(Given.X.name(), Types.TENSOR_TYPE);
    }
    made.putAll(forward.fields());
    PassCode.add(
        type,
        convolves()
            ? "Forward: y is what a convolution writes, a is how it is read, activated."
            : "What forward reads and writes, and backward reads again.",
        made,
        Modifier.PRIVATE);

    Map<String, ClassName> gradients = new LinkedHashMap<>();
    if (passes.backward().uses(Given.D_OUT)) {
      gradients.put(Given.D_OUT.name(), Types.TENSOR_TYPE);
    }
    if (passes.backward().uses(Value.BELOW)) {
      gradients.put("below", Types.EPILOGUE);
    }
    gradients.putAll(backward.fields());
    PassCode.add(
        type,
        convolves()
            ? "Backward: dz is a normalisation's gradient, dy is y's, written over it."
            : "Gradients.",
        gradients,
        Modifier.PRIVATE);
  }

  private boolean convolves() {
    return switch (plan) {
      case UnitsPlan units -> true;
      case BlockPlan block -> true;
      case TailPlan tail -> false;
      case HeadPlan head -> false;
    };
  }

  /** Each layer is told which one it reads, and so whether anything below it is trained. */
  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(ClassName.bestGuess(plan.name()), "block")
            .addParameter(Types.TRAINING_CONTEXT, "context");
    Map<Value.Layer, Value.Layer> sources = plan.sources();
    for (Value.Layer layer : plan.layers()) {
      Value.Layer source = sources.get(layer);
      constructor.addStatement(
          "$1N = block.$1N.training(context, $2L)",
          layer.name(),
          source == null ? CodeBlock.of("context.input()") : CodeBlock.of("$N", source.name()));
    }
    return constructor.build();
  }

  private MethodSpec planForward() {
    MethodSpec.Builder method =
        PassCode.planMethod("planForward").addParameter(Types.TENSOR_TYPE, "x");
    if (keepsX()) {
      method.addStatement("this.x = x");
    }
    return forward.plan(method);
  }

  private MethodSpec planBackward() {
    MethodSpec.Builder method =
        PassCode.planMethod("planBackward")
            .addParameter(Types.TENSOR_TYPE, "dOut")
            .addParameter(Types.EPILOGUE, "below");
    if (passes.backward().uses(Given.D_OUT)) {
      method.addStatement("this.dOut = dOut");
    }
    if (passes.backward().uses(Value.BELOW)) {
      method.addStatement("this.below = below");
    }
    return backward.plan(method);
  }

  private MethodSpec outputGradient() {
    return PassCode.override("outputGradient")
        .returns(Types.EPILOGUE)
        .addStatement("return $L", values.value(passes.outputGradient()))
        .build();
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
}
