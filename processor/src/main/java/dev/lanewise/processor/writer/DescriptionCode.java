package dev.lanewise.processor.writer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lanewise.processor.plan.Addition;
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
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import javax.lang.model.element.Modifier;

/** The method that describes a class's layers, in Keras's words. */
final class DescriptionCode {
  private final ValueCode values;
  private final MethodSpec.Builder method =
      MethodSpec.methodBuilder("describe")
          .addAnnotation(Override.class)
          .addModifiers(Modifier.PUBLIC)
          .returns(String.class)
          .addParameter(Types.GRAPH_BUILDER, "graph")
          .addParameter(String.class, "x");

  DescriptionCode(ValueCode values) {
    this.values = values;
  }

  MethodSpec describe(ClassPlan plan) {
    CodeBlock result =
        switch (plan) {
          case UnitsPlan units -> pool(units.path().pool(), units(units.path(), "x"));
          case BlockPlan block -> pool(block.path().pool(), block(block));
          case TailPlan tail -> CodeBlock.of("$N", norm(tail.norm()));
          case HeadPlan head -> head(head);
        };
    return method.addStatement("return $L", result).build();
  }

  private CodeBlock head(HeadPlan head) {
    CodeBlock from = pool(head.pool(), CodeBlock.of("x"));
    for (DensePlan dense : head.dense()) {
      if (dense.drops()) {
        from = CodeBlock.of("graph.dropout($N, $L)", dense.dropoutLayer().name(), from);
      }
      String name = dense.layer().name();
      if (dense.units() == 0) {
        return CodeBlock.of("graph.dense($N, $L)", name, from);
      }
      String out = "after" + dense.id();
      CodeBlock result = CodeBlock.of("graph.hidden($N, $L)", name, from);
      if (dense.normalized()) {
        result = CodeBlock.of("graph.batchNorm($N, $L)", dense.bn().name(), result);
      }
      variable(out, activated(result, dense.activation(), null));
      from = CodeBlock.of("$N", out);
    }
    throw new IllegalArgumentException("a head without a last dense layer: " + head.name());
  }

  private CodeBlock block(BlockPlan block) {
    ConvPath path = block.path();
    String read = path.pre() == null ? "x" : norm(path.pre());
    CodeBlock last = units(path, read);
    if (path.concatenates()) {
      return CodeBlock.of("graph.concatenate($Lx, $L)", named(block.addition().name()), last);
    }
    if (!path.adds()) {
      return path.last().gate() == null
          ? last
          : activated(last, path.activation(), path.last().activationName());
    }
    CodeBlock shortcut = CodeBlock.of("shortcut");
    if (path.projection() != null) {
      variable("shortcut", unit(path.projection(), projected(path, read), Activation.NONE));
    } else if (path.subsampling() != null) {
      variable("shortcut", CodeBlock.of("graph.subsample($N, x)", ConvPath.SUBSAMPLING.name()));
    } else {
      shortcut = CodeBlock.of("x");
    }
    Addition addition = block.addition();
    CodeBlock sum =
        CodeBlock.of(
            "graph.add($L$L, $L)",
            named(addition.name()),
            addition.shortcutFirst() ? shortcut : last,
            addition.shortcutFirst() ? last : shortcut);
    return activated(sum, path.activation(), addition.activationName());
  }

  /** Returns what the projection reads, and describes the pooling that makes it. */
  private String projected(ConvPath path, String read) {
    if (path.shortcutPool() == null) {
      return read;
    }
    String out = "pooled";
    variable(out, CodeBlock.of("graph.pool($N, $N)", ShortcutPool.LAYER.name(), read));
    return out;
  }

  /** Describes the units, each in a variable, and returns the last. */
  private CodeBlock units(ConvPath path, String read) {
    String in = read;
    for (UnitPlan unit : path.units()) {
      boolean joined = path.adds() && unit.equals(path.last());
      String out = "after" + unit.id();
      variable(out, unit(unit, in, joined ? Activation.NONE : unit.unit().activation()));
      in = unit.gate() == null ? out : gated(unit.gate(), out);
    }
    return CodeBlock.of("$N", in);
  }

  /** Describes a gate, the values and the product in variables, and returns the last. */
  private String gated(GatePlan gate, String map) {
    String average = "average" + gate.id();
    variable(
        average,
        CodeBlock.of(
            "graph.squeeze($N, $L$N)", gate.squeeze().name(), named(gate.reshapeName()), map));
    String reduced = "reduced" + gate.id();
    variable(reduced, unit(gate.reduce(), average, gate.reduce().unit().activation()));
    String values = "values" + gate.id();
    variable(values, unit(gate.expand(), reduced, gate.function()));
    String out = "gated" + gate.id();
    variable(out, CodeBlock.of("graph.multiply($N, $N, $N)", gate.gate().name(), map, values));
    return out;
  }

  private CodeBlock unit(UnitPlan unit, String in, Activation activation) {
    boolean pads = unit.unit().window().padding() == Padding.EXPLICIT;
    CodeBlock conv =
        CodeBlock.of(
            "graph.conv($N, $L$N)",
            unit.conv().name(),
            named(pads ? unit.paddingName() : null),
            in);
    CodeBlock result =
        unit.normalized() ? CodeBlock.of("graph.batchNorm($N, $L)", unit.bn().name(), conv) : conv;
    return activated(result, activation, unit.activationName());
  }

  /** Describes a normalisation of the input in a variable, and returns its name. */
  private String norm(NormPlan norm) {
    String out = "activated";
    CodeBlock bn = CodeBlock.of("graph.batchNorm($N, x)", norm.bn().name());
    variable(out, activated(bn, norm.activation(), norm.activationName()));
    return out;
  }

  private static CodeBlock pool(PoolPlan pool, CodeBlock from) {
    if (pool == null) {
      return from;
    }
    String padName = pool.spec().padName();
    return CodeBlock.of(
        "graph.pool($N, $L$L)",
        pool.layer().name(),
        named(padName.isEmpty() ? null : new NamePattern(padName)),
        from);
  }

  private CodeBlock activated(CodeBlock from, Activation activation, NamePattern name) {
    return activation == Activation.NONE
        ? from
        : CodeBlock.of(
            "graph.activation($L,$W$L$L)", values.activation(activation), named(name), from);
  }

  private void variable(String name, CodeBlock value) {
    method.addStatement("$T $N = $L", String.class, name, value);
  }

  /** Returns a layer's name as an argument, or nothing where Keras's numbers name it. */
  private static CodeBlock named(NamePattern name) {
    return name == null ? CodeBlock.of("") : CodeBlock.of("$L,$W", Code.name(name));
  }
}
