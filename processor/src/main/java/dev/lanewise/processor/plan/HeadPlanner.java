package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.DenseSpec;
import dev.lanewise.processor.spec.HeadSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import java.util.ArrayList;
import java.util.List;

/** Plans the head: a pooling, if any, and dense layers with dropouts in front of them. */
final class HeadPlanner {
  private static final String BELOW = ", and what the block below wants";

  /**
   * A dense layer in training.
   *
   * @param plan the layer
   * @param underIn the operand through which the dropout reads, or the layer itself
   * @param under the tensor under it
   * @param read the operand through which the layer reads
   * @param in the tensor under it
   * @param mask the factors of the dropout; null for none
   * @param out what the layer writes
   */
  private record Row(
      DensePlan plan, View underIn, Tensor under, View read, Tensor in, Tensor mask, Tensor out) {}

  private final PoolPlan pool;
  private final List<DensePlan> dense;
  private final List<Row> rows = new ArrayList<>();

  private HeadPlanner(HeadSpec spec) {
    this.pool = PoolPlan.of(spec.pool());
    this.dense = dense(spec);
    Tensor in = features();
    View read = pool == null ? Given.X_IN : View.operand("pIn", in);
    for (DensePlan plan : dense) {
      Row row = row(plan, read, in);
      rows.add(row);
      in = row.out();
      read =
          plan.storesActivated()
              ? View.operand("a" + plan.id(), in)
              : UnitPlan.activated("a" + plan.id(), plan.result(), in, plan.activation());
    }
  }

  static HeadPlan head(String name, HeadSpec spec, InitializerSpec initializer) {
    HeadPlanner planner = new HeadPlanner(spec);
    Lifetimes training = new Lifetimes();
    Pass forward = training.keepingAll(planner.rows.getLast().out(), planner.forward(), List.of());
    training.takeOver(Given.D_OUT);
    Pass backward = training.releasingAllBut(Given.DX, planner.backward());
    return new HeadPlan(
        name,
        planner.pool,
        planner.dense,
        spec.initializer().or(initializer),
        new Passes(forward, backward, planner.inference(), Value.NOTHING));
  }

  private static List<DensePlan> dense(HeadSpec spec) {
    List<DensePlan> plans = new ArrayList<>();
    for (DenseSpec one : spec.hidden()) {
      plans.add(
          new DensePlan(
              String.valueOf(plans.size() + 1),
              new NamePattern(one.name()),
              one.units(),
              one.batchNorm().isEmpty() ? null : new NamePattern(one.batchNorm()),
              one.activation(),
              one.dropout()));
    }
    plans.add(new DensePlan("", spec.dense(), 0, null, Activation.NONE, spec.dropout()));
    return plans;
  }

  private Tensor features() {
    return pool == null ? Given.X : pool.output("p", Given.X);
  }

  private static Row row(DensePlan plan, View underIn, Tensor under) {
    String id = plan.id();
    Tensor in = under;
    View read = underIn;
    Tensor mask = null;
    if (plan.drops()) {
      in = new Tensor("d" + id, new TensorShape.Same(under));
      read = View.operand("d" + id + "In", in);
      mask = new Tensor("mask" + id, new TensorShape.Same(under));
    }
    Tensor out =
        new Tensor(id.isEmpty() ? "out" : "h" + id, new TensorShape.Output(plan.layer(), in));
    return new Row(plan, underIn, under, read, in, mask, out);
  }

  private List<Step> forward() {
    List<Step> steps = new ArrayList<>();
    if (pool != null) {
      steps.add(new Step("", pool.forward(Given.X_IN, features())));
    }
    String before = "flatten -> ";
    for (Row row : rows) {
      DensePlan plan = row.plan();
      if (row.mask() != null) {
        Layer dropout = plan.dropoutLayer();
        steps.add(
            step(
                before,
                dropout,
                "",
                Call.of(dropout, "forward", row.underIn(), row.in(), row.mask())));
        before = "";
      }
      Value end =
          plan.normalized() ? new Value.Statistics(plan.bn()) : new Value.Function(plan.stored());
      steps.add(
          step(
              before,
              plan.layer(),
              plan.normalized() ? ", and " + plan.bn() + "'s sums" : Text.arrow(plan.stored()),
              Call.of(plan.layer(), "forward", row.read(), row.out(), end)));
      if (plan.normalized()) {
        steps.add(new Step("", Call.of(plan.bn(), "finishStatistics")));
      }
      before = plan.storesActivated() ? "" : read(plan);
    }
    return steps;
  }

  /** Returns how comments call what becomes of a layer's result when it is read. */
  private static String read(DensePlan plan) {
    String activated = Text.arrow(plan.activation());
    String all = (plan.normalized() ? " -> " + plan.bn() : "") + activated;
    return all.substring(" -> ".length()) + " -> ";
  }

  /** Returns a step, whose comment says what else than the layer's own work is in the call. */
  private static Step step(String before, Layer layer, String after, Call call) {
    return new Step(before.isEmpty() && after.isEmpty() ? "" : before + layer + after, call);
  }

  private List<Step> backward() {
    List<Step> steps = new ArrayList<>();
    View gradient = Given.D_OUT_IN;
    for (int i = rows.size() - 1; i > 0; i--) {
      Row row = rows.get(i);
      steps.add(weights(row, gradient));
      DensePlan below = rows.get(i - 1).plan();
      boolean sums = below.normalized() || below.activation() != Activation.NONE;
      Value epilogue =
          sums
              ? UnitPlan.gradientSums(
                  "sums" + below.id(), below.result(), row.under(), below.activation())
              : Value.NOTHING;
      Tensor dst =
          below.normalized()
              ? new Tensor("dz" + below.id(), new TensorShape.Same(row.under()))
              : row.under();
      steps.add(data(row, gradient, dst, epilogue, into(below, sums, row.under())));
      if (below.normalized()) {
        steps.add(BackwardPlanner.finishGradients(below.bn(), dst));
        steps.add(
            new Step(
                below.bn() + " backward, over " + row.under(),
                Call.of(below.bn(), "formInputGradient", dst, row.under())));
      }
      gradient = View.operand("dh" + below.id(), row.under());
    }
    Row first = rows.get(0);
    steps.add(weights(first, gradient));
    if (pool == null) {
      steps.add(data(first, gradient, Given.DX, Value.BELOW, BELOW));
      return steps;
    }
    Tensor dp = new Tensor("dp", new TensorShape.Same(features()));
    steps.add(data(first, gradient, dp, Value.NOTHING, ""));
    steps.add(
        new Step("pool backward" + BELOW, pool.backward(dp, features(), Given.DX, Value.BELOW)));
    return steps;
  }

  /** How comments call what a gradient is made into, and where. */
  private static String into(DensePlan below, boolean sums, Tensor under) {
    String activation =
        below.activation() == Activation.NONE ? "" : Text.arrow(below.activation()) + " backward";
    return activation
        + (sums ? ", and " + below.result() + "'s sums" : "")
        + (below.normalized() ? "" : ", over " + under);
  }

  private static Step weights(Row row, View gradient) {
    Layer layer = row.plan().layer();
    return new Step(
        "gradients of " + layer + "'s weights",
        Call.of(layer, "backwardWeights", row.read(), gradient));
  }

  /** The step that makes the gradient of what a layer reads, or the dropout in front of it. */
  private static Step data(Row row, View gradient, Tensor dst, Value epilogue, String into) {
    Layer layer = row.plan().layer();
    String comment = layer + " backward";
    Value taken = epilogue;
    if (row.mask() != null) {
      Layer dropout = row.plan().dropoutLayer();
      comment += " -> " + dropout + " backward";
      taken =
          new View(
              ViewType.EPILOGUE,
              "kept" + row.plan().id(),
              Call.of(dropout, "gradient", row.mask(), epilogue));
    }
    return new Step(
        comment + into,
        taken.equals(Value.NOTHING)
            ? Call.of(layer, "backwardData", gradient, dst)
            : Call.of(layer, "backwardData", gradient, dst, taken));
  }

  private Pass inference() {
    Lifetimes inference = new Lifetimes();
    inference.takeOver(Given.T_IN);
    List<Step> steps = new ArrayList<>();
    Tensor in = Given.T_IN;
    if (pool != null) {
      in = pool.output("tp", Given.T_IN);
      steps.add(new Step("", pool.infer(Given.T_IN, in)));
    }
    String before = "flatten -> ";
    for (DensePlan plan : dense) {
      Layer layer = plan.layer();
      String name = plan.id().isEmpty() ? "tOut" : "t" + plan.id();
      Tensor out = new Tensor(name, new TensorShape.Output(layer, in));
      Value.Function function = new Value.Function(plan.activation());
      steps.add(
          step(
              before,
              layer,
              (plan.normalized() ? " -> " + plan.bn() : "") + Text.arrow(plan.activation()),
              Call.of(layer, "infer", in, out, function)));
      in = out;
      before = "";
    }
    return inference.releasingAllBut(in, steps);
  }
}
