package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.Given;
import dev.lanewise.processor.plan.Pass;
import dev.lanewise.processor.plan.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The class of a block's part in an inference pass. */
final class InferenceCode {
  static final String NAME = "Inference";

  private final ClassPlan plan;
  private final PassCode inference;
  private final List<Value.Layer> layers;

  InferenceCode(ClassPlan plan, ValueCode values) {
    Pass pass = plan.passes().inference();
    this.plan = plan;
    this.inference = new PassCode(pass, values);
    // Normalisations that are folded into convolutions take no part.
    this.layers = plan.layers().stream().filter(pass::needs).toList();
  }

  TypeSpec type() {
    TypeSpec.Builder type =
        PassCode.nested(NAME, Types.BLOCK_INFERENCE, "An inference pass, over folded weights.");
    Map<String, ClassName> fields = new LinkedHashMap<>();
    for (Value.Layer layer : layers) {
      fields.put(layer.name(), ValueCode.inferenceType(layer.type()));
    }
    PassCode.add(type, "The layers.", fields, Modifier.PRIVATE, Modifier.FINAL);
    Map<String, ClassName> made = new LinkedHashMap<>();
    made.put(Given.T_IN.name(), Types.TENSOR_TYPE);
    made.putAll(inference.fields());
    PassCode.add(type, "What the layers read and write.", made, Modifier.PRIVATE);
    return type.addMethod(constructor())
        .addMethod(planInference())
        .addMethod(inference.run("infer"))
        .build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(ClassName.bestGuess(plan.name()), "block")
            .addParameter(Types.INFERENCE_CONTEXT, "context");
    for (Value.Layer layer : layers) {
      constructor.addStatement("$1N = block.$1N.inference(context)", layer.name());
    }
    return constructor.build();
  }

  private MethodSpec planInference() {
    MethodSpec.Builder method =
        PassCode.planMethod("planInference").addParameter(Types.TENSOR_TYPE, "x");
    method.addStatement("$N = x", Given.T_IN.name());
    return inference.plan(method);
  }
}
