package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Addition;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class of a stem, a block or a head. */
final class ClassWriter {
  private final ClassPlan plan;

  ClassWriter(ClassPlan plan) {
    this.plan = plan;
  }

  TypeSpec.Builder type(ClassName network) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(plan.name())
            .addModifiers(Modifier.FINAL)
            .addSuperinterface(Types.BLOCK)
            .addJavadoc(ClassDoc.of(plan, network));
    new LayerCode(plan).addTo(type);
    PassCode passes = new PassCode(plan);
    passes.addFieldsTo(type);
    type.addMethod(outputShape());
    passes.addMethodsTo(type);
    type.addMethod(fold());
    type.addMethod(describe());
    return type;
  }

  private MethodSpec outputShape() {
    List<String> layers = new ArrayList<>();
    plan.units().forEach(unit -> layers.add(unit.conv()));
    if (plan.pool().kind() != Pool.Kind.NONE) {
      layers.add("pool");
    }
    if (plan.dense() != null) {
      layers.add("dense");
    }
    MethodSpec.Builder method =
        override("outputShape").returns(Types.SHAPE).addParameter(Types.SHAPE, "in");
    if (layers.isEmpty()) {
      return method.addStatement("return in").build();
    }
    String in = "in";
    for (String layer : layers.subList(0, layers.size() - 1)) {
      String out = "after" + Character.toUpperCase(layer.charAt(0)) + layer.substring(1);
      method.addStatement("$T $L = $L.outputShape($L)", Types.SHAPE, out, layer, in);
      in = out;
    }
    return method
        .addStatement("return $L.outputShape($L)", layers.get(layers.size() - 1), in)
        .build();
  }

  private MethodSpec fold() {
    MethodSpec.Builder method = override("fold").returns(TypeName.VOID);
    if (plan.pre() != null) {
      method.addStatement("$L.useMovingStatistics()", plan.pre().bn());
    }
    for (UnitPlan unit : plan.allUnits()) {
      method.addStatement("$L.fold($L)", unit.conv(), unit.normalized() ? unit.bn() : "");
    }
    if (plan.units().isEmpty() && plan.pre() == null) {
      method.addComment("no normalisation here");
    }
    return method.build();
  }

  private MethodSpec describe() {
    MethodSpec.Builder method =
        override("describe")
            .returns(String.class)
            .addParameter(Types.GRAPH_BUILDER, "graph")
            .addParameter(String.class, "x");
    String read = "x";
    if (plan.pre() != null) {
      read = "activated";
      CodeBlock norm = CodeBlock.of("graph.batchNorm($L, x)", plan.pre().bn());
      method.addStatement(
          "$T $L = $L",
          String.class,
          read,
          activated(norm, Activation.RELU, plan.pre().activationName()));
    }
    String in = read;
    for (UnitPlan unit : plan.units()) {
      Activation activation =
          plan.shortcut() != Shortcut.NONE && unit.equals(plan.last())
              ? Activation.NONE
              : unit.unit().activation();
      String out = "after" + unit.id();
      method.addStatement("$T $L = $L", String.class, out, describe(unit, in, activation));
      in = out;
    }
    CodeBlock result = CodeBlock.of("$L", in);
    if (plan.projection() != null) {
      method.addStatement(
          "$T shortcut = $L", String.class, describe(plan.projection(), read, Activation.NONE));
    } else if (plan.subsampling() != null) {
      method.addStatement("$T shortcut = graph.subsample(subsampling, x)", String.class);
    }
    if (plan.shortcut() != Shortcut.NONE) {
      boolean plain = plan.projection() == null && plan.subsampling() == null;
      String shortcut = plain ? "x" : "shortcut";
      Addition addition = plan.addition();
      CodeBlock sum =
          CodeBlock.of(
              "graph.add($L$L, $L)",
              named(addition.name()),
              addition.shortcutFirst() ? shortcut : in,
              addition.shortcutFirst() ? in : shortcut);
      result = activated(sum, plan.activation(), addition.activationName());
    }
    if (plan.pool().kind() != Pool.Kind.NONE) {
      String padName = plan.pool().padName();
      result =
          CodeBlock.of(
              "graph.pool(pool, $L$L)",
              named(padName.isEmpty() ? null : new NamePattern(padName)),
              result);
    }
    if (plan.dense() != null) {
      result = CodeBlock.of("graph.dense(dense, $L)", result);
    }
    return method.addStatement("return $L", result).build();
  }

  private static CodeBlock describe(UnitPlan unit, String in, Activation activation) {
    boolean pads = unit.unit().window().padding() == Padding.EXPLICIT;
    CodeBlock conv =
        CodeBlock.of(
            "graph.conv($L, $L$L)", unit.conv(), named(pads ? unit.paddingName() : null), in);
    CodeBlock result =
        unit.normalized() ? CodeBlock.of("graph.batchNorm($L, $L)", unit.bn(), conv) : conv;
    return activated(result, activation, unit.activationName());
  }

  private static CodeBlock activated(CodeBlock from, Activation activation, NamePattern name) {
    return activation == Activation.NONE
        ? from
        : CodeBlock.of(
            "graph.activation($L,$W$L$L)", Code.activation(activation.name()), named(name), from);
  }

  /** Returns a layer's name as an argument, or nothing where Keras's numbers name it. */
  private static CodeBlock named(NamePattern name) {
    return name == null ? CodeBlock.of("") : CodeBlock.of("$L,$W", Code.name(name));
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
