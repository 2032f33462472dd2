package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.ConvPath;
import dev.lanewise.processor.plan.DensePlan;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.NormPlan;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.plan.UnitsPlan;
import dev.lanewise.processor.plan.Value;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class of a stem, a block, a tail or a head. */
final class ClassWriter {
  private final ClassPlan plan;
  private final ValueCode values;

  ClassWriter(ClassPlan plan, ValueCode values) {
    this.plan = plan;
    this.values = values;
  }

  TypeSpec.Builder type(ClassName network) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(plan.name())
            .addModifiers(Modifier.FINAL)
            .addSuperinterface(Types.BLOCK)
            .addJavadoc(ClassDoc.of(plan, network));
    LayerCode.add(plan, type);
    return type.addMethod(outputShape())
        .addMethod(
            pass("training", TrainingCode.NAME, Types.BLOCK_TRAINING, Types.TRAINING_CONTEXT))
        .addMethod(
            pass("inference", InferenceCode.NAME, Types.BLOCK_INFERENCE, Types.INFERENCE_CONTEXT))
        .addMethod(fold())
        .addMethod(new DescriptionCode(values).describe(plan))
        .addType(new TrainingCode(plan, values).type())
        .addType(new InferenceCode(plan, values).type());
  }

  private MethodSpec outputShape() {
    MethodSpec.Builder method =
        override("outputShape").returns(Types.SHAPE).addParameter(Types.SHAPE, "in");
    List<Value.Layer> layers =
        switch (plan) {
          case UnitsPlan units -> reshaping(units.path());
          case BlockPlan block -> reshaping(block.path());
          case TailPlan tail -> List.of();
          case HeadPlan head -> head.reshaping();
        };
    if (layers.isEmpty()) {
      return method.addStatement("return in").build();
    }
    String in = "in";
    for (Value.Layer layer : layers.subList(0, layers.size() - 1)) {
      String name = layer.name();
      String out = "after" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
      method.addStatement("$T $N = $N.outputShape($N)", Types.SHAPE, out, name, in);
      in = out;
    }
    return method
        .addStatement("return $N.outputShape($N)", layers.get(layers.size() - 1).name(), in)
        .build();
  }

  /** Returns the layers on the way that change the shape. */
  private static List<Value.Layer> reshaping(ConvPath path) {
    if (path.concatenates()) {
      return List.of(ConvPath.CONCATENATION);
    }
    List<Value.Layer> layers = new ArrayList<>();
    path.units().forEach(unit -> layers.add(unit.conv()));
    if (path.pool() != null) {
      layers.add(path.pool().layer());
    }
    return layers;
  }

  private static MethodSpec pass(
      String name, String nested, ClassName returned, ClassName context) {
    return override(name)
        .returns(returned)
        .addParameter(context, "context")
        .addStatement("return new $L(this, context)", nested)
        .build();
  }

  private MethodSpec fold() {
    MethodSpec.Builder method =
        override("fold").returns(TypeName.VOID).addParameter(Types.FOLDED_WEIGHTS, "weights");
    switch (plan) {
      case UnitsPlan units -> fold(units.path(), method);
      case BlockPlan block -> fold(block.path(), method);
      case TailPlan tail -> fold(tail.norm(), method);
      case HeadPlan head -> head.dense().forEach(dense -> fold(dense, method));
    }
    return method.build();
  }

  private static void fold(ConvPath path, MethodSpec.Builder method) {
    if (path.pre() != null) {
      fold(path.pre(), method);
    }
    for (UnitPlan unit : path.allUnits()) {
      if (unit.normalized()) {
        method.addStatement("weights.fold($N, $N)", unit.conv().name(), unit.bn().name());
      } else {
        method.addStatement("weights.copy($N)", unit.conv().name());
      }
    }
  }

  private static void fold(DensePlan dense, MethodSpec.Builder method) {
    if (dense.normalized()) {
      method.addStatement("weights.fold($N, $N)", dense.layer().name(), dense.bn().name());
    } else {
      method.addStatement("weights.copy($N)", dense.layer().name());
    }
  }

  private static void fold(NormPlan norm, MethodSpec.Builder method) {
    method.addStatement("weights.copy($N)", norm.bn().name());
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
