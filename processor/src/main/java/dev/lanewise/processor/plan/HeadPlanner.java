package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.HeadSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;

/** Plans the head: a pooling, if any, and the dense layer. */
final class HeadPlanner {
  private HeadPlanner() {}

  static ClassPlan head(String name, int ic, HeadSpec spec, InitializerSpec initializer) {
    Pool.Kind kind = spec.pool().kind();
    boolean pools = kind != Pool.Kind.NONE;
    boolean max = kind == Pool.Kind.MAX;

    Lifetimes training = new Lifetimes();
    training.view("Operand", "xIn", Call.of("Operand", "of", "x"));
    training.tensor("p", Call.of("pool", "outputShape", "x.shape()"));
    training.tensor("argmax", Call.of("p", "shape"));
    training.tensor("dp", Call.of("p", "shape"));
    training.tensor("out", Call.of("dense", "outputShape", pools ? "p.shape()" : "x.shape()"));
    training.tensor("dx", Call.of("x", "shape"));

    List<Step> forward = new ArrayList<>();
    if (pools) {
      forward.add(
          new Step(
              "",
              max
                  ? Call.of("pool", "forward", "xIn", "p", "argmax")
                  : Call.of("pool", "forward", "xIn", "p")));
    }
    String features = pools ? "p" : "x";
    forward.add(new Step("flatten -> dense", Call.of("dense", "forward", features, "out")));
    Pass forwardPass = training.keepingAll(forward);

    training.takeOver("dOut");
    List<Step> backward = new ArrayList<>();
    backward.add(
        new Step(
            "gradients of dense's weights", Call.of("dense", "backwardWeights", features, "dOut")));
    if (pools) {
      backward.add(
          new Step("dense backward", Call.of("dense", "backwardData", "dOut", "dp", "null")));
      backward.add(
          new Step(
              "pool backward, and what the block below wants",
              max
                  ? Call.of("pool", "backward", "dp", "argmax", "dx", "below")
                  : Call.of("pool", "backward", "dp", "dx", "below")));
    } else {
      backward.add(
          new Step(
              "dense backward, and what the block below wants",
              Call.of("dense", "backwardData", "dOut", "dx", "below")));
    }
    Pass backwardPass = training.releasingAllBut(List.of("dx"), backward);

    Lifetimes inference = new Lifetimes();
    inference.takeOver("tIn");
    inference.tensor("tp", Call.of("pool", "outputShape", "tIn.shape()"));
    inference.tensor("tOut", Call.of("dense", "outputShape", pools ? "tp.shape()" : "tIn.shape()"));
    List<Step> infer = new ArrayList<>();
    if (pools) {
      infer.add(new Step("", Call.of("pool", "infer", "tIn", "tp")));
    }
    infer.add(
        new Step("flatten -> dense", Call.of("dense", "forward", pools ? "tp" : "tIn", "tOut")));

    return new ClassPlan(
        ClassPlan.Role.HEAD,
        name,
        List.of(),
        null,
        ic,
        null,
        List.of(),
        Shortcut.NONE,
        null,
        null,
        null,
        Activation.NONE,
        spec.pool(),
        spec.dense(),
        spec.initializer().or(initializer),
        forwardPass,
        backwardPass,
        inference.releasingAllBut(List.of("tOut"), infer));
  }
}
