package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.spec.Pool;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The constants, the layers and the constructor of a class. */
final class LayerCode {
  private final ClassPlan plan;
  private final List<UnitPlan> units;

  LayerCode(ClassPlan plan) {
    this.plan = plan;
    this.units = plan.allUnits();
  }

  void addTo(TypeSpec.Builder type) {
    constants(type);
    List<FieldSpec> layers = new ArrayList<>();
    if (plan.pre() != null) {
      layers.add(layer(Types.BATCH_NORM, plan.pre().bn()));
    }
    for (UnitPlan unit : units) {
      layers.add(layer(Types.CONV, unit.conv()));
      if (unit.normalized()) {
        layers.add(layer(Types.BATCH_NORM, unit.bn()));
      }
    }
    if (plan.subsampling() != null) {
      layers.add(layer(Types.SUBSAMPLING, "subsampling"));
    }
    if (plan.pool().kind() != Pool.Kind.NONE) {
      boolean max = plan.pool().kind() == Pool.Kind.MAX;
      layers.add(layer(max ? Types.MAX_POOL : Types.AVERAGE_POOL, "pool"));
    }
    if (plan.dense() != null) {
      layers.add(layer(Types.DENSE, "dense"));
    }
    type.addField(layers.get(0).toBuilder().addJavadoc("The layers.").build());
    layers.stream().skip(1).forEach(type::addField);
    boolean first = true;
    for (String placeholder : plan.placeholders()) {
      if (plan.descriptionHas(placeholder)) {
        FieldSpec field = layer(Types.STRING, placeholder);
        type.addField(
            first ? field.toBuilder().addJavadoc("What names the layers.").build() : field);
        first = false;
      }
    }
    type.addMethod(constructor());
  }

  private void constants(TypeSpec.Builder type) {
    if (!units.isEmpty() || plan.pre() != null) {
      type.addField(
          constant(TypeName.INT, "CHANNELS_IN", CodeBlock.of("$L", plan.ic())).toBuilder()
              .addJavadoc(
                  units.isEmpty()
                      ? "Channels of the input."
                      : "Channels of the input and of each unit.")
              .build());
      for (UnitPlan unit : units) {
        type.addField(
            constant(
                TypeName.INT,
                Code.constant("CHANNELS", unit.id()),
                CodeBlock.of("$L", unit.unit().oc())));
      }
    }
    List<FieldSpec> windows = new ArrayList<>();
    for (UnitPlan unit : units) {
      windows.add(
          constant(
              Types.WINDOW, Code.constant("WINDOW", unit.id()), Code.window(unit.unit().window())));
    }
    if (plan.pool().window() != null) {
      windows.add(constant(Types.WINDOW, "WINDOW_OF_POOL", Code.window(plan.pool().window())));
    }
    if (!windows.isEmpty()) {
      type.addField(
          windows.get(0).toBuilder()
              .addJavadoc("Height, width and strides of each window, and its padding.")
              .build());
      windows.stream().skip(1).forEach(type::addField);
    }
    if (units.isEmpty() && plan.dense() == null) {
      return;
    }
    type.addField(
        constant(Types.INITIALIZER, "INITIALIZER", InitializerCode.of(plan.initializer()))
            .toBuilder()
            .addJavadoc("How the kernels start.")
            .build());
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder().addParameter(Types.LAYERS, "layers");
    switch (plan.role()) {
      case STEM, TAIL -> constructor.addJavadoc("Makes the layers.\n");
      case BLOCK -> placeholders(constructor);
      case HEAD ->
          constructor
              .addJavadoc("Makes the layers.\n\n@param in shape of the input, of any batch size\n")
              .addParameter(Types.SHAPE, "in")
              .addParameter(int.class, "classes");
    }
    if (plan.pre() != null) {
      batchNorm(constructor, plan.pre().bn(), plan.pre().name(), "CHANNELS_IN");
    }
    String ic = "CHANNELS_IN";
    for (UnitPlan unit : plan.units()) {
      unit(constructor, unit, ic);
      ic = Code.constant("CHANNELS", unit.id());
    }
    if (plan.projection() != null) {
      unit(constructor, plan.projection(), "CHANNELS_IN");
    }
    if (plan.subsampling() != null) {
      constructor.addStatement(
          "subsampling = layers.subsampling($L, $L)",
          plan.subsampling().sh(),
          plan.subsampling().sw());
    }
    pool(constructor, plan.pool());
    if (plan.dense() != null) {
      boolean pools = plan.pool().kind() != Pool.Kind.NONE;
      constructor.addStatement(
          "dense = layers.dense($L, $L, classes, INITIALIZER)",
          Code.name(plan.dense()),
          pools ? "pool.outputShape(in)" : "in");
    }
    return constructor.build();
  }

  private void placeholders(MethodSpec.Builder constructor) {
    constructor.addJavadoc("Makes the layers of one block.\n");
    List<String> placeholders = plan.placeholders();
    if (!placeholders.isEmpty()) {
      constructor.addJavadoc("\n");
    }
    for (String placeholder : placeholders) {
      String what =
          switch (placeholder) {
            case "stage" -> "the stage's name";
            case "block" -> "the block's letter";
            case "number" -> "the block's number, from 1";
            default -> "the block's index, from 0";
          };
      constructor
          .addJavadoc("@param $L $L\n", placeholder, what)
          .addParameter(String.class, placeholder);
      if (plan.descriptionHas(placeholder)) {
        constructor.addStatement("this.$1L = $1L", placeholder);
      }
    }
  }

  private static void unit(MethodSpec.Builder constructor, UnitPlan unit, String ic) {
    String oc = Code.constant("CHANNELS", unit.id());
    constructor.addStatement(
        "$L = layers.conv($L)",
        unit.conv(),
        Code.list(
            List.of(
                Code.name(unit.convName(), "layers.nextConv()"),
                CodeBlock.of("$L", Code.constant("WINDOW", unit.id())),
                CodeBlock.of("$L", ic),
                CodeBlock.of("$L", oc),
                CodeBlock.of("$L", unit.unit().bias()),
                CodeBlock.of("INITIALIZER"))));
    if (unit.normalized()) {
      batchNorm(constructor, unit.bn(), unit.bnName(), oc);
    }
  }

  private static void batchNorm(
      MethodSpec.Builder constructor, String bn, NamePattern name, String channels) {
    constructor.addStatement(
        "$L = layers.batchNorm($L, $L)", bn, Code.name(name, "layers.nextBatchNorm()"), channels);
  }

  private static void pool(MethodSpec.Builder constructor, PoolSpec pool) {
    switch (pool.kind()) {
      case NONE -> {}
      case MAX ->
          constructor.addStatement(
              "pool = layers.$L($S, WINDOW_OF_POOL)",
              pool.zeros() ? "zeroPaddedMaxPool" : "maxPool",
              pool.name());
      case AVERAGE ->
          constructor.addStatement("pool = layers.averagePool($S, WINDOW_OF_POOL)", pool.name());
      case GLOBAL_AVERAGE ->
          constructor.addStatement("pool = layers.globalAveragePool($S)", pool.name());
    }
  }

  private static FieldSpec layer(ClassName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL).build();
  }

  private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(value)
        .build();
  }
}
