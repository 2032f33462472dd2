package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import java.util.List;

/**
 * The gate of a unit: an average, two convolutions, and the multiplication that the next unit reads
 * through.
 *
 * @param id what completes the names of its variables: the unit's
 * @param reduce the first convolution
 * @param expand the second
 * @param function what follows the second
 * @param squeezeName name of the average, where stage and block may still be placeholders
 * @param reshapeName name of Keras's layer after it, likewise; null for Keras's numbers
 * @param multiplyName name of the multiplication, likewise
 */
public record GatePlan(
    String id,
    UnitPlan reduce,
    UnitPlan expand,
    Activation function,
    NamePattern squeezeName,
    NamePattern reshapeName,
    NamePattern multiplyName) {
  /** Returns the average: {@code squeeze2a}. */
  public Layer squeeze() {
    return squeeze(id);
  }

  private static Layer squeeze(String id) {
    return new Layer(LayerType.AVERAGE_POOL, "squeeze" + id);
  }

  /** Returns the multiplication: {@code gate2a}. */
  public Layer gate() {
    return new Layer(LayerType.GATE, "gate" + id);
  }

  /** Returns the layers in the order in which they are made. */
  List<Layer> layers() {
    return List.of(squeeze(), reduce.conv(), expand.conv(), gate());
  }

  /** Returns the tensor of a unit's averages. */
  static Tensor average(String id, Tensor y) {
    return new Tensor("s" + id, new TensorShape.Output(squeeze(id), y));
  }

  /** Returns the operand that reads the averages. */
  View averageIn() {
    return View.operand("sIn" + id, reduce.in());
  }

  /** Returns the gate's values. */
  Tensor values() {
    return new Tensor("g" + id, new TensorShape.Same(expand.y()));
  }

  /** Returns the operand that reads a map multiplied. */
  View gated(View map) {
    return new View(ViewType.OPERAND, "u" + id, Call.of(gate(), "gated", map, values()));
  }

  /** Returns the gradient of the averages. */
  Tensor averageGradient() {
    return new Tensor("ds" + id, new TensorShape.Same(reduce.in()));
  }

  /** Returns the steps of training's forward pass, over a unit's activated map. */
  List<Step> forward(View map) {
    String after = Text.arrow(reduce.unit().activation());
    return List.of(
        new Step("", Call.of(squeeze(), "forward", map, reduce.in())),
        new Step(
            reduce.conv() + after,
            Call.of(
                reduce.conv(),
                "forward",
                averageIn(),
                reduce.y(),
                new Value.Function(reduce.stored()))),
        new Step(
            reduce.read() + expand.conv(),
            Call.of(
                expand.conv(),
                "forward",
                reduce.a(),
                expand.y(),
                new Value.Function(Activation.NONE))),
        new Step(
            "", Call.of(gate(), "forward", expand.y(), values(), new Value.Function(function))));
  }

  /**
   * Returns the steps of the backward pass, from the gradient of the multiplied map to that of the
   * unit's.
   *
   * @param gradient of the multiplied map
   */
  List<Step> backward(UnitPlan unit, Tensor gradient) {
    Value.Function made = new Value.Function(function);
    return List.of(
        new Step(
            gate() + " backward, over " + expand.y(),
            Call.of(gate(), "backwardGate", gradient, unit.a(), expand.y(), made)),
        new Step(
            "gradients of " + expand.conv() + "'s weights",
            Call.of(expand.conv(), "backwardWeights", reduce.a(), expand.dy())),
        new Step(
            expand.conv() + " backward" + Text.arrow(reduce.unit().activation()),
            reduce.sums().equals(Value.NOTHING)
                ? Call.of(expand.conv(), "backwardData", expand.dy(), reduce.dz())
                : Call.of(expand.conv(), "backwardData", expand.dy(), reduce.dz(), reduce.sums())),
        new Step(
            "gradients of " + reduce.conv() + "'s weights",
            Call.of(reduce.conv(), "backwardWeights", averageIn(), reduce.dy())),
        new Step(
            reduce.conv() + " backward",
            Call.of(reduce.conv(), "backwardData", reduce.dy(), averageGradient())),
        new Step(
            "the map's gradient, by what was multiplied and by its average",
            Call.of(
                gate(),
                "backwardData",
                gradient,
                values(),
                averageGradient(),
                unit.dz(),
                unit.sums())));
  }

  /**
   * Returns the steps of inference, over a unit's activated map.
   *
   * @param map the map
   */
  List<Step> infer(Tensor map) {
    Tensor average = new Tensor("ts" + id, new TensorShape.Output(squeeze(), map));
    Tensor reduced = reduce.t(average);
    return List.of(
        new Step("", Call.of(squeeze(), "infer", map, average)),
        new Step(
            reduce.conv() + Text.arrow(reduce.unit().activation()),
            Call.of(
                reduce.conv(),
                "infer",
                average,
                reduced,
                new Value.Function(reduce.unit().activation()))),
        new Step(
            expand.conv() + Text.arrow(function),
            Call.of(expand.conv(), "infer", reduced, inferred(map), new Value.Function(function))));
  }

  /** Returns inference's values, made of a map. */
  Tensor inferred(Tensor map) {
    Tensor average = new Tensor("ts" + id, new TensorShape.Output(squeeze(), map));
    return expand.t(reduce.t(average));
  }

  /** Returns inference's operand that reads a map multiplied. */
  View inferredGated(Tensor map) {
    return new View(ViewType.OPERAND, "tu" + id, Call.of(gate(), "gated", map, inferred(map)));
  }
}
