package dev.lanewise.processor.writer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.ConvPath;
import dev.lanewise.processor.plan.DensePlan;
import dev.lanewise.processor.plan.GatePlan;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.NormPlan;
import dev.lanewise.processor.plan.PoolPlan;
import dev.lanewise.processor.plan.ShortcutPool;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.plan.UnitsPlan;
import dev.lanewise.processor.plan.Value;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.PoolSpec;
import java.util.ArrayList;
import java.util.List;

/** The constructor of a class, which makes its layers. */
final class ConstructorCode {
  private String channelsIn = Code.CHANNELS_IN;
  private final MethodSpec.Builder constructor =
      MethodSpec.constructorBuilder().addParameter(Types.LAYERS, "layers");

  private ConstructorCode() {}

  static MethodSpec of(ClassPlan plan) {
    ConstructorCode code = new ConstructorCode();
    switch (plan) {
      case UnitsPlan units -> {
        code.constructor.addJavadoc("Makes the layers.\n");
        code.path(units.path());
      }
      case BlockPlan block -> {
        code.placeholders(block);
        if (block.path().concatenates()) {
          code.givenChannels();
        }
        code.path(block.path());
      }
      case TailPlan tail -> {
        code.constructor.addJavadoc("Makes the layers.\n");
        code.norm(tail.norm());
      }
      case HeadPlan head -> code.head(head);
    }
    return code.constructor.build();
  }

  private void placeholders(BlockPlan plan) {
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
            case NamesSpec.POSITION -> "the number of layers before the block";
            default -> "the block's index, from 0";
          };
      constructor
          .addJavadoc("@param $L $L\n", placeholder, what)
          .addParameter(
              placeholder.equals(NamesSpec.POSITION) ? int.class : String.class, placeholder);
      if (plan.descriptionHas(placeholder)) {
        constructor.addStatement("this.$1L = $1L", placeholder);
      }
    }
  }

  private void givenChannels() {
    channelsIn = Code.CHANNELS_GIVEN;
    constructor
        .addJavadoc("@param $L channels of the input\n", channelsIn)
        .addParameter(int.class, channelsIn)
        .addJavadoc("@param $L channels of the stage's output\n", Code.WIDTH_GIVEN)
        .addParameter(int.class, Code.WIDTH_GIVEN);
  }

  private void path(ConvPath path) {
    if (path.pre() != null) {
      norm(path.pre());
    }
    String ic = channelsIn;
    for (UnitPlan unit : path.units()) {
      unit(unit, ic);
      ic = Code.channels(unit);
      if (unit.gate() != null) {
        gate(unit.gate(), ic);
      }
    }
    if (path.shortcutPool() != null) {
      constructor.addStatement(
          "$N = layers.averagePool($L, $L)",
          ShortcutPool.LAYER.name(),
          Code.name(path.shortcutPool().name(), "layers.nextConv()"),
          Code.WINDOW_OF_SHORTCUT_POOL);
    }
    if (path.projection() != null) {
      unit(path.projection(), channelsIn);
    }
    if (path.concatenates()) {
      constructor.addStatement(
          "$N = layers.concatenation($L, $L, $L)",
          ConvPath.CONCATENATION.name(),
          channelsIn,
          Code.channels(path.last()),
          Code.WIDTH_GIVEN);
    }
    if (path.subsampling() != null) {
      constructor.addStatement(
          "$N = layers.subsampling($L, $L)",
          ConvPath.SUBSAMPLING.name(),
          path.subsampling().sh(),
          path.subsampling().sw());
    }
    if (path.pool() != null) {
      pool(path.pool());
    }
  }

  private void head(HeadPlan head) {
    constructor
        .addJavadoc("Makes the layers.\n\n@param in shape of the input, of any batch size\n")
        .addParameter(Types.SHAPE, "in")
        .addParameter(int.class, "classes");
    CodeBlock in = CodeBlock.of("in");
    if (head.pool() != null) {
      pool(head.pool());
      in = CodeBlock.of("$N.outputShape(in)", head.pool().layer().name());
    }
    for (DensePlan dense : head.dense()) {
      if (dense.drops()) {
        constructor.addStatement(
            "$N = layers.dropout($L)", dense.dropoutLayer().name(), dense.dropout());
      }
      constructor.addStatement(
          "$N = layers.dense($L, $L, $L, $L)",
          dense.layer().name(),
          Code.name(dense.name()),
          in,
          dense.units() == 0 ? "classes" : Code.units(dense),
          Code.INITIALIZER);
      if (dense.normalized()) {
        batchNorm(dense.bn(), dense.bnName(), Code.units(dense));
      }
      in = CodeBlock.of("$N.outputShape(in)", dense.layer().name());
    }
  }

  private void unit(UnitPlan unit, String ic) {
    String oc = Code.channels(unit);
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(Code.name(unit.convName(), "layers.nextConv()"));
    arguments.add(CodeBlock.of("$L", Code.window(unit)));
    if (unit.unit().groups() > 1) {
      arguments.add(CodeBlock.of("$L", unit.unit().depthwise() ? ic : unit.unit().groups()));
    }
    arguments.add(CodeBlock.of("$L", ic));
    arguments.add(CodeBlock.of("$L", oc));
    arguments.add(CodeBlock.of("$L", unit.unit().bias()));
    arguments.add(CodeBlock.of("$L", Code.INITIALIZER));
    constructor.addStatement("$N = layers.conv($L)", unit.conv().name(), Code.list(arguments));
    if (unit.normalized()) {
      batchNorm(unit.bn(), unit.bnName(), oc);
    }
  }

  private void gate(GatePlan gate, String channels) {
    constructor.addStatement(
        "$N = layers.globalAveragePool($L)",
        gate.squeeze().name(),
        Code.name(gate.squeezeName(), "layers.nextConv()"));
    unit(gate.reduce(), channels);
    unit(gate.expand(), Code.channels(gate.reduce()));
    constructor.addStatement(
        "$N = layers.gate($L)",
        gate.gate().name(),
        Code.name(gate.multiplyName(), "layers.nextConv()"));
  }

  private void norm(NormPlan norm) {
    batchNorm(norm.bn(), norm.name(), channelsIn);
  }

  private void batchNorm(Value.Layer bn, NamePattern name, String channels) {
    constructor.addStatement(
        "$N = layers.batchNorm($L, $L)",
        bn.name(),
        Code.name(name, "layers.nextBatchNorm()"),
        channels);
  }

  private void pool(PoolPlan plan) {
    PoolSpec pool = plan.spec();
    CodeBlock window = CodeBlock.of(Code.WINDOW_OF_POOL);
    CodeBlock make =
        switch (pool.kind()) {
          case NONE -> throw new IllegalArgumentException("no pooling: " + pool);
          case MAX ->
              CodeBlock.of(
                  "$L($S, $L)",
                  pool.zeros() ? "zeroPaddedMaxPool" : "maxPool",
                  pool.name(),
                  window);
          case AVERAGE -> CodeBlock.of("averagePool($S, $L)", pool.name(), window);
          case GLOBAL_AVERAGE -> CodeBlock.of("globalAveragePool($S)", pool.name());
        };
    constructor.addStatement("$N = layers.$L", plan.layer().name(), make);
  }
}
