package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.ConvPath;
import dev.lanewise.processor.plan.DensePlan;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.PoolPlan;
import dev.lanewise.processor.plan.ShortcutPool;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.plan.UnitsPlan;
import dev.lanewise.processor.spec.InitializerSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The constants and the fields of a class that hold its layers and what names them. */
final class LayerCode {
  private final TypeSpec.Builder type;

  private LayerCode(TypeSpec.Builder type) {
    this.type = type;
  }

  /** Adds the fields of a class, and its constructor. */
  static void add(ClassPlan plan, TypeSpec.Builder type) {
    LayerCode code = new LayerCode(type);
    switch (plan) {
      case UnitsPlan units -> code.constants(units.path(), units.initializer());
      case BlockPlan block -> code.constants(block.path(), block.initializer());
      case TailPlan tail -> code.channels(tail.channels(), List.of());
      case HeadPlan head -> {
        code.windows(List.of(), null, head.pool());
        code.units(head.dense());
        code.initializer(head.initializer());
      }
    }
    code.group(
        "The layers.",
        plan.layers().stream()
            .map(layer -> field(ValueCode.type(layer.type()), layer.name()))
            .toList());
    if (plan instanceof BlockPlan block) {
      code.group(
          "What names the layers.",
          block.placeholders().stream()
              .filter(block::descriptionHas)
              .map(placeholder -> field(Types.STRING, placeholder))
              .toList());
    }
    type.addMethod(ConstructorCode.of(plan));
  }

  private void constants(ConvPath path, InitializerSpec initializer) {
    channels(path.concatenates() ? 0 : path.units().get(0).unit().ic(), path.allUnits());
    windows(path.allUnits(), path.shortcutPool(), path.pool());
    initializer(initializer);
  }

  private void channels(int in, List<UnitPlan> units) {
    List<FieldSpec> fields = new ArrayList<>();
    if (in > 0) {
      fields.add(constant(TypeName.INT, Code.CHANNELS_IN, CodeBlock.of("$L", in)));
    }
    for (UnitPlan unit : units) {
      fields.add(constant(TypeName.INT, Code.channels(unit), CodeBlock.of("$L", unit.unit().oc())));
    }
    group(
        units.isEmpty()
            ? "Channels of the input."
            : in > 0 ? "Channels of the input and of each unit." : "Channels of each unit.",
        fields);
  }

  private void windows(List<UnitPlan> units, ShortcutPool shortcut, PoolPlan pool) {
    List<FieldSpec> fields = new ArrayList<>();
    for (UnitPlan unit : units) {
      fields.add(constant(Types.WINDOW, Code.window(unit), Code.window(unit.unit().window())));
    }
    if (shortcut != null) {
      CodeBlock window = Code.window(shortcut.window());
      fields.add(constant(Types.WINDOW, Code.WINDOW_OF_SHORTCUT_POOL, window));
    }
    if (pool != null && pool.spec().window() != null) {
      fields.add(constant(Types.WINDOW, Code.WINDOW_OF_POOL, Code.window(pool.spec().window())));
    }
    group("Height, width and strides of each window, and its padding.", fields);
  }

  private void units(List<DensePlan> dense) {
    group(
        "Outputs of the dense layers, less the last.",
        dense.stream()
            .filter(one -> one.units() > 0)
            .map(one -> constant(TypeName.INT, Code.units(one), CodeBlock.of("$L", one.units())))
            .toList());
  }

  private void initializer(InitializerSpec spec) {
    group(
        "How the kernels start.",
        List.of(constant(Types.INITIALIZER, Code.INITIALIZER, InitializerCode.of(spec))));
  }

  /** Adds fields that stand together under one comment. */
  private void group(String comment, List<FieldSpec> fields) {
    boolean first = true;
    for (FieldSpec field : fields) {
      type.addField(first ? field.toBuilder().addJavadoc("$L", comment).build() : field);
      first = false;
    }
  }

  private static FieldSpec field(ClassName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL).build();
  }

  private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(value)
        .build();
  }
}
