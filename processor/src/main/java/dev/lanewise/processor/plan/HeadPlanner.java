package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.spec.HeadSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import java.util.ArrayList;
import java.util.List;

/** Plans the head: a pooling, if any, and the dense layer. */
final class HeadPlanner {
  private static final Layer DENSE = HeadPlan.DENSE;
  private static final String COMMENT = "flatten -> dense";

  private HeadPlanner() {}

  static HeadPlan head(String name, HeadSpec spec, InitializerSpec initializer) {
    PoolPlan pool = PoolPlan.of(spec.pool());
    Tensor features = pool == null ? Given.X : pool.output("p", Given.X);
    Lifetimes training = new Lifetimes();
    Pass forward = forward(pool, features, training);
    training.takeOver(Given.D_OUT);
    Pass backward = training.releasingAllBut(Given.DX, backward(pool, features));
    return new HeadPlan(
        name,
        pool,
        spec.dense(),
        spec.initializer().or(initializer),
        new Passes(forward, backward, inference(pool), Value.NOTHING));
  }

  private static Pass forward(PoolPlan pool, Tensor features, Lifetimes training) {
    List<Step> steps = new ArrayList<>();
    if (pool != null) {
      steps.add(new Step("", pool.forward(Given.X_IN, features)));
    }
    Tensor out = output("out", features);
    steps.add(new Step(COMMENT, Call.of(DENSE, "forward", features, out)));
    return training.keepingAll(out, steps, List.of());
  }

  private static List<Step> backward(PoolPlan pool, Tensor features) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "gradients of dense's weights",
            Call.of(DENSE, "backwardWeights", features, Given.D_OUT)));
    if (pool == null) {
      steps.add(
          new Step(
              "dense backward, and what the block below wants",
              Call.of(DENSE, "backwardData", Given.D_OUT, Given.DX, Value.BELOW)));
      return steps;
    }
    Tensor dp = new Tensor("dp", new TensorShape.Same(features));
    steps.add(
        new Step("dense backward", Call.of(DENSE, "backwardData", Given.D_OUT, dp, Value.NOTHING)));
    steps.add(
        new Step(
            "pool backward, and what the block below wants",
            pool.backward(dp, features, Given.DX, Value.BELOW)));
    return steps;
  }

  private static Pass inference(PoolPlan pool) {
    Lifetimes inference = new Lifetimes();
    inference.takeOver(Given.T_IN);
    List<Step> steps = new ArrayList<>();
    Tensor features = Given.T_IN;
    if (pool != null) {
      features = pool.output("tp", Given.T_IN);
      steps.add(new Step("", pool.infer(Given.T_IN, features)));
    }
    Tensor out = output("tOut", features);
    steps.add(new Step(COMMENT, Call.of(DENSE, "infer", features, out)));
    return inference.releasingAllBut(out, steps);
  }

  private static Tensor output(String name, Tensor features) {
    return new Tensor(name, new TensorShape.Output(DENSE, features));
  }
}
