package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import java.util.List;

/** Plans the tail: the normalisation and ReLU of the last map. */
final class TailPlanner {
  private TailPlanner() {}

  static ClassPlan tail(String name, int ic, TailSpec spec, InitializerSpec initializer) {
    NormPlan norm =
        new NormPlan(
            "",
            new NamePattern(spec.batchNorm()),
            spec.activation().isEmpty() ? null : new NamePattern(spec.activation()));
    String bn = norm.bn();
    String comment = bn + UnitPlan.arrow(Activation.RELU);

    Lifetimes training = new Lifetimes();
    training.tensor("out", Call.of("x", "shape"));
    training.view("Join", "join", Call.of("Join", "plain", bn, "x", "RELU", "out"), "out");
    training.view("Epilogue", "outSums", Call.of("join", "gradientSums"));
    training.tensor("dx", Call.of("x", "shape"));
    Pass forward =
        training.keepingAll(
            List.of(
                new Step(bn + "'s statistics of x", Call.of(bn, "measure", "x")),
                new Step(comment, Call.of("join", "forward"))),
            "outSums");
    training.takeOver("dOut");
    Pass backward =
        training.releasingAllBut(
            List.of("dx"),
            List.of(
                new Step("the sums came with dOut", Call.of(bn, "finishGradients")),
                new Step(
                    bn + " backward, and what the block below wants",
                    Call.of(bn, "backwardData", "dOut", "x", "null", "dx", "below"))));

    Lifetimes inference = new Lifetimes();
    inference.takeOver("tIn");
    inference.tensor("tOut", Call.of("tIn", "shape"));
    inference.view(
        "Join", "tJoin", Call.of("Join", "plain", bn, "tIn", "RELU", "tOut"), "tIn", "tOut");
    Pass infer =
        inference.releasingAllBut(
            List.of("tOut"), List.of(new Step(comment, Call.of("tJoin", "forward"))));
    return new ClassPlan(
        ClassPlan.Role.TAIL,
        name,
        List.of(),
        null,
        ic,
        norm,
        List.of(),
        Shortcut.NONE,
        null,
        null,
        null,
        Activation.RELU,
        PoolSpec.NONE,
        null,
        initializer,
        forward,
        backward,
        infer);
  }
}
