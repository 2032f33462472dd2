package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.TailSpec;
import java.util.List;

/** Plans the tail: the normalisation and activation of the last map. */
final class TailPlanner {
  private TailPlanner() {}

  static TailPlan tail(String name, int channels, TailSpec spec) {
    NormPlan norm =
        new NormPlan(
            "",
            new NamePattern(spec.batchNorm()),
            spec.activation().isEmpty() ? null : new NamePattern(spec.activation()),
            spec.function());

    Tensor out = new Tensor("out", new TensorShape.Same(Given.X));
    View join = norm.join("join", Given.X, out);
    View outSums = ConvPlanner.outSums(join);
    Lifetimes training = new Lifetimes();
    Pass forward =
        training.keepingAll(
            out,
            List.of(TrainingPlanner.measure(norm), new Step(norm.text(), Call.of(join, "forward"))),
            List.of(outSums));
    training.takeOver(Given.D_OUT);
    Pass backward =
        training.releasingAllBut(
            Given.DX,
            List.of(
                BackwardPlanner.finishGradients(norm.bn(), Given.D_OUT),
                BackwardPlanner.normBackward(norm, Given.D_OUT, Value.NOTHING, "")));

    Lifetimes inference = new Lifetimes();
    inference.takeOver(Given.T_IN);
    Tensor inferred = new Tensor("tOut", new TensorShape.Same(Given.T_IN));
    Pass infer =
        inference.releasingAllBut(
            inferred,
            List.of(
                new Step(
                    norm.text(),
                    Call.of(
                        norm.bn(),
                        "infer",
                        Given.T_IN,
                        inferred,
                        new Value.Function(norm.activation())))));
    return new TailPlan(name, channels, norm, new Passes(forward, backward, infer, outSums));
  }
}
