package dev.lanewise.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the plan fuses, and how long tensors live. */
class ConvPlannerTest {
  private static final InitializerSpec INITIALIZER =
      new InitializerSpec(Initializer.Kind.GLOROT_UNIFORM, 0, 0, -1);
  private static final NamePattern CONV = new NamePattern("res{stage}{block}_branch{unit}");
  private static final NamePattern NORM = new NamePattern("bn{stage}{block}_branch{unit}");
  private static final NamesSpec NAMES =
      new NamesSpec(
          CONV, NORM, CONV, NORM, null, null, null, null, new NamePattern("bn_{unit}"), null, null);

  private static final Window POINT = Window.valid(1, 1, 1, 1);

  private static Unit unit(String name, int kernel) {
    return new Unit(
        name,
        name,
        name,
        Window.same(kernel, kernel, 1, 1),
        8,
        8,
        1,
        true,
        true,
        Activation.RELU,
        null,
        0);
  }

  private static BlockPlan block(Shortcut shortcut, Unit... units) {
    Unit projection = shortcut == Shortcut.PROJECTION ? unit("1", 1) : null;
    BlockShape shape =
        new BlockShape(
            new TypeRef("p", "B"),
            null,
            8,
            List.of(units),
            shortcut,
            false,
            projection,
            "",
            null,
            null,
            false,
            Activation.RELU,
            PoolSpec.NONE,
            INITIALIZER);
    return ConvPlanner.block("NetBlock2a", List.of("2a"), shape, NAMES);
  }

  private static List<String> calls(Pass pass) {
    return pass.steps().stream().map(step -> text(step.call())).toList();
  }

  private static String text(Call call) {
    return call.arguments().stream()
        .map(ConvPlannerTest::text)
        .collect(Collectors.joining(", ", text(call.receiver()) + "." + call.method() + "(", ")"));
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Named named -> named.name();
      case Value.Type type -> type.type().toString();
      case Value.Statistics statistics -> statistics.norm() + ".statistics()";
      case Value.Function function -> function.activation().toString();
      case Value.Below below -> "below";
      case Value.Nothing nothing -> "null";
    };
  }

  @Test
  void formsEachGradientOnceOverItsActivation() {
    BlockPlan plan = block(Shortcut.IDENTITY, unit("2a", 1), unit("2b", 3), unit("2c", 1));
    assertThat(calls(plan.passes().backward()))
        .containsExactly(
            "bn2c.finishGradients()",
            "bn2c.formInputGradient(dOut, y2c)",
            "conv2c.backwardWeights(a2b, dy2c)",
            "conv2c.backwardData(dy2c, dz2b, sums2b)",
            "bn2b.finishGradients()",
            "bn2b.formInputGradient(dz2b, y2b)",
            "conv2b.backwardWeights(a2a, dy2b)",
            "conv2b.backwardData(dy2b, dz2a, sums2a)",
            "bn2a.finishGradients()",
            "bn2a.formInputGradient(dz2a, y2a)",
            "conv2a.backwardWeights(xIn, dy2a)",
            "conv2a.backwardData(dy2a, dx, dOut, below)");
    assertThat(made(plan.passes().backward()))
        .containsEntry("dy2c", "OPERAND.of(y2c)")
        .containsEntry("dy2b", "OPERAND.of(y2b)")
        .containsEntry("dy2a", "OPERAND.of(y2a)");
  }

  @Test
  void addsTheProjectionsGradientToTheUnits() {
    BlockPlan plan = block(Shortcut.PROJECTION, unit("2a", 1), unit("2b", 1));
    assertThat(calls(plan.passes().backward()))
        .endsWith(
            "conv2a.backwardWeights(xIn, dy2a)",
            "bn1.finishGradients()",
            "bn1.formInputGradient(dOut, y1)",
            "conv1.backwardWeights(xIn, dy1)",
            "conv1.backwardData(dy1, dx)",
            "conv2a.backwardData(dy2a, dx, dx, below)");
    assertThat(calls(plan.passes().inference()))
        .containsExactly(
            "conv2a.infer(tIn, t2a, RELU)",
            "conv1.infer(tIn, t1, NONE)",
            "conv2b.infer(t2a, t1, t1, RELU)");
  }

  @Test
  void endsAStemBelowItsPoolWithoutAGradientOfTheImages() {
    PoolSpec pool = new PoolSpec(Pool.Kind.MAX, "pool1", Window.valid(3, 3, 2, 2), false, "");
    UnitsPlan plan =
        ConvPlanner.units("NetStem", true, List.of(unit("conv1", 7)), pool, NAMES, INITIALIZER);
    assertThat(calls(plan.passes().forward()))
        .endsWith("bn1.finishStatistics()", "pool.forward(a1, out, argmax)");
    assertThat(calls(plan.passes().backward()))
        .containsExactly(
            "pool.backward(dOut, argmax, dz1, sums1)",
            "bn1.finishGradients()",
            "bn1.formInputGradient(dz1, y1)",
            "conv1.backwardWeights(xIn, dy1)");
    assertThat(plan.passes().outputGradient()).isEqualTo(Value.NOTHING);
  }

  /** Without a shortcut the pooling reads the last unit; a sum is a map of its own. */
  @Test
  void poolsWhatABlockMakes() {
    PoolSpec pool = new PoolSpec(Pool.Kind.MAX, "pool2", Window.valid(2, 2, 2, 2), false, "");
    BlockPlan row = pooled(Shortcut.NONE, pool);
    assertThat(calls(row.passes().forward()))
        .endsWith("bn2a.finishStatistics()", "pool.forward(a2a, out, argmax)");
    assertThat(calls(row.passes().backward()))
        .containsExactly(
            "pool.backward(dOut, argmax, dz2a, sums2a)",
            "bn2a.finishGradients()",
            "bn2a.formInputGradient(dz2a, y2a)",
            "conv2a.backwardWeights(xIn, dy2a)",
            "conv2a.backwardData(dy2a, dx, below)");
    BlockPlan sum = pooled(Shortcut.IDENTITY, pool);
    assertThat(calls(sum.passes().forward()))
        .endsWith("join.forward()", "pool.forward(mapIn, out, argmax)");
    assertThat(calls(sum.passes().backward()))
        .containsExactly(
            "pool.backward(dOut, argmax, dMap, outSums)",
            "bn2a.finishGradients()",
            "bn2a.formInputGradient(dMap, y2a)",
            "conv2a.backwardWeights(xIn, dy2a)",
            "conv2a.backwardData(dy2a, dx, dMap, below)");
    assertThat(calls(sum.passes().inference()))
        .containsExactly("conv2a.infer(tIn, tMap, tIn, RELU)", "pool.infer(tMap, tOut)");
    assertThat(sum.passes().outputGradient()).isEqualTo(Value.NOTHING);
  }

  private static BlockPlan pooled(Shortcut shortcut, PoolSpec pool) {
    BlockShape shape =
        new BlockShape(
            new TypeRef("p", "B"),
            null,
            8,
            List.of(unit("2a", 3)),
            shortcut,
            false,
            null,
            "",
            null,
            null,
            false,
            Activation.RELU,
            pool,
            INITIALIZER);
    return ConvPlanner.block("NetBlock2a", List.of("2a"), shape, NAMES);
  }

  @Test
  void readsANormalisedInputThroughAnOperand() {
    BlockPlan plan = preActivated(Shortcut.IDENTITY, null);
    assertThat(calls(plan.passes().forward()))
        .containsExactly(
            "bnPre.batchStatistics(x)",
            "conv2a.forward(aPre, y2a, bn2a.statistics())",
            "bn2a.finishStatistics()",
            "conv2b.forward(a2a, out, x, NONE)");
    assertThat(calls(plan.passes().backward()))
        .containsExactly(
            "conv2b.backwardWeights(a2a, dOutIn)",
            "conv2b.backwardData(dOutIn, dz2a, sums2a)",
            "bn2a.finishGradients()",
            "bn2a.formInputGradient(dz2a, y2a)",
            "conv2a.backwardWeights(aPre, dy2a)",
            "conv2a.backwardData(dy2a, dx, sumsPre)",
            "bnPre.finishGradients()",
            "bnPre.backwardData(dx, x, dOut, dx, below)");
    assertThat(plan.passes().outputGradient()).isEqualTo(Value.NOTHING);
  }

  @Test
  void makesAShortcutWhereTheSumWillStand() {
    BlockPlan projected = preActivated(Shortcut.PROJECTION, null);
    assertThat(calls(projected.passes().forward()))
        .endsWith("conv1.forward(aPre, out, NONE)", "conv2b.forward(a2a, out, out, NONE)");
    assertThat(calls(projected.passes().backward()))
        .endsWith(
            "conv1.backwardWeights(aPre, dOutIn)",
            "conv1.backwardData(dOutIn, dx)",
            "conv2a.backwardData(dy2a, dx, dx, sumsPre)",
            "bnPre.finishGradients()",
            "bnPre.backwardData(dx, x, null, dx, below)");
    BlockPlan subsampled = preActivated(Shortcut.IDENTITY, Window.valid(1, 1, 2, 2));
    assertThat(calls(subsampled.passes().forward()))
        .endsWith("subsampling.forward(xIn, out)", "conv2b.forward(a2a, out, out, NONE)");
    assertThat(calls(subsampled.passes().backward()))
        .endsWith(
            "subsampling.backward(dOut, dShortcut)",
            "bnPre.finishGradients()",
            "bnPre.backwardData(dx, x, dShortcut, dx, below)");
    for (BlockPlan plan : List.of(projected, subsampled)) {
      Set<String> alive = new HashSet<>();
      for (Action action : plan.passes().forward().actions()) {
        if (action instanceof Action.Acquire acquire) {
          alive.add(acquire.tensor().name());
        }
      }
      alive.add("dOut");
      walk(plan.passes().backward(), alive);
      assertThat(alive).containsExactly("dx");
      Set<String> inference = new HashSet<>(Set.of("tIn"));
      walk(plan.passes().inference(), inference);
      assertThat(inference).containsExactly(plan == projected ? "t1" : "tShortcut");
    }
  }

  private static BlockPlan preActivated(Shortcut shortcut, Window subsampling) {
    Unit bare = new Unit("2b", "2b", "2b", POINT, 8, 8, 1, true, false, Activation.NONE, null, 0);
    BlockShape shape =
        new BlockShape(
            new TypeRef("p", "B"),
            new PreActivationSpec("pre", "pre", Activation.RELU),
            8,
            List.of(unit("2a", 1), bare),
            shortcut,
            false,
            shortcut == Shortcut.PROJECTION
                ? new Unit("1", "1", "1", POINT, 8, 8, 1, true, false, Activation.NONE, null, 0)
                : null,
            "",
            null,
            subsampling,
            true,
            Activation.NONE,
            PoolSpec.NONE,
            INITIALIZER);
    return ConvPlanner.block("NetBlock2a", List.of("2a"), shape, NAMES);
  }

  /** Else it stands where the sum will, and takes no memory of its own. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void keepsAShortcutThatTheDerivativeNeeds(Activation activation) {
    boolean kept = !activation.resultTellsDerivative();
    Unit bare = new Unit("1", "1", "1", POINT, 8, 8, 1, true, false, Activation.NONE, null, 0);
    for (Unit projection : Arrays.asList(bare, null)) {
      Window subsampling = projection == null ? Window.valid(1, 1, 2, 2) : null;
      BlockShape shape =
          new BlockShape(
              new TypeRef("p", "B"),
              null,
              8,
              List.of(unit("2a", 1), unit("2b", 3)),
              projection == null ? Shortcut.IDENTITY : Shortcut.PROJECTION,
              false,
              projection,
              "",
              null,
              subsampling,
              false,
              activation,
              PoolSpec.NONE,
              INITIALIZER);
      BlockPlan plan = ConvPlanner.block("NetBlock2a", List.of("2a"), shape, NAMES);
      String own = projection == null ? "shortcut" : "y1";
      String place = kept ? own : "out";
      assertThat(calls(plan.passes().forward()))
          .contains(
              projection == null
                  ? "subsampling.forward(xIn, " + place + ")"
                  : "conv1.forward(xIn, " + place + ", NONE)");
      Set<String> alive = new HashSet<>();
      walk(plan.passes().forward(), alive);
      assertThat(alive.contains(own)).isEqualTo(kept);
      alive.add("dOut");
      walk(plan.passes().backward(), alive);
      assertThat(alive).containsExactly("dx");
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, tOut", "IDENTITY, tIn", "PROJECTION, t1"})
  void keepsEveryTensorAliveFromItsFirstUseToItsLast(Shortcut shortcut, String result) {
    BlockPlan plan = block(shortcut, unit("2a", 1), unit("2b", 3), unit("2c", 1));
    Set<String> alive = new HashSet<>();
    for (Action action : plan.passes().forward().actions()) {
      if (action instanceof Action.Acquire acquire) {
        alive.add(acquire.tensor().name());
      }
    }
    assertThat(alive).contains("y2a", "y2b", "y2c", "out");
    alive.add("dOut");
    walk(plan.passes().backward(), alive);
    assertThat(alive).containsExactly("dx");

    Set<String> inference = new HashSet<>(Set.of("tIn"));
    walk(plan.passes().inference(), inference);
    assertThat(inference).containsExactly(result);
  }

  /** Replays a plan beside its pass: each release has to follow the tensor's last use. */
  private static void walk(Pass pass, Set<String> alive) {
    for (Action action : pass.actions()) {
      if (action instanceof Action.Acquire acquire) {
        assertThat(alive.add(acquire.tensor().name())).isTrue();
      } else if (action instanceof Action.Release release) {
        Value.Tensor tensor = release.tensor();
        assertThat(alive.remove(tensor.name())).as(tensor.name()).isTrue();
        Call last = null;
        for (Step step : pass.steps()) {
          if (step.call().arguments().stream().anyMatch(value -> reads(value, tensor))) {
            last = step.call();
          }
        }
        assertThat(release.lastUse()).as(tensor.name()).isEqualTo(last);
      }
    }
  }

  private static boolean reads(Value value, Value.Tensor tensor) {
    return value.equals(tensor)
        || value instanceof Value.View view
            && view.make().arguments().stream().anyMatch(under -> reads(under, tensor));
  }

  private static Map<String, String> made(Pass pass) {
    Map<String, String> made = new TreeMap<>();
    for (Action action : pass.actions()) {
      if (action instanceof Action.Make make) {
        made.put(make.view().name(), text(make.view().make()));
      }
    }
    return made;
  }
}
