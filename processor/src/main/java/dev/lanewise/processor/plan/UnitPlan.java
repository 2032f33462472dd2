package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import java.util.List;
import java.util.stream.Stream;

/**
 * A unit and what is generated for it.
 *
 * @param id what completes the names of its variables: {@code "2a"}
 * @param unit the unit
 * @param in the tensor that training's forward pass reads, as it is or activated
 * @param convName name of the convolution, where stage and block may still be placeholders
 * @param bnName name of the normalisation, likewise
 * @param activationName name of the activation, likewise; null for Keras's numbers
 * @param paddingName name of the zero padding, likewise
 * @param gate what the result is multiplied by; null for nothing
 */
public record UnitPlan(
    String id,
    Unit unit,
    Tensor in,
    NamePattern convName,
    NamePattern bnName,
    NamePattern activationName,
    NamePattern paddingName,
    GatePlan gate) {
  /** Returns this unit with a gate. */
  UnitPlan with(GatePlan other) {
    return new UnitPlan(id, unit, in, convName, bnName, activationName, paddingName, other);
  }

  /** Returns the patterns that name its layers with parameters, convolution first. */
  Stream<NamePattern> names() {
    return normalized() ? Stream.of(convName, bnName) : Stream.of(convName);
  }

  /** Returns its layers in the order in which they are made. */
  public List<Layer> layers() {
    return normalized() ? List.of(conv(), bn()) : List.of(conv());
  }

  /** Returns whether a normalisation follows the convolution. */
  public boolean normalized() {
    return unit.normalized();
  }

  /** Returns its convolution: {@code conv2a}. */
  public Layer conv() {
    return new Layer(LayerType.CONV, "conv" + id);
  }

  /** Returns its normalisation, {@code bn2a}; there is one where {@link #normalized} says so. */
  public Layer bn() {
    return new Layer(LayerType.BATCH_NORM, "bn" + id);
  }

  /**
   * Returns the tensor y that its convolution writes in training, and the gradient of y over it.
   */
  Tensor y() {
    return new Tensor("y" + id, new TensorShape.Output(conv(), in));
  }

  /**
   * Returns whether y is activated already when it is written: where no normalisation comes
   * between, and the derivative needs no more than the result.
   */
  boolean storesActivated() {
    return !normalized() && unit.activation().resultTellsDerivative();
  }

  /** Returns the activation with which the convolution writes y; NONE where y is read activated. */
  Activation stored() {
    return storesActivated() ? unit.activation() : Activation.NONE;
  }

  /** Returns the operand that reads y as what follows it: activation(bn(y)). */
  View a() {
    return storesActivated()
        ? View.operand("a" + id, y())
        : activated("a" + id, result(), y(), unit.activation());
  }

  /**
   * Returns the operand through which the next unit reads y: a, multiplied where there is a gate.
   */
  View u() {
    return gate == null ? a() : gate.gated(a());
  }

  /** Returns the gradient of the multiplied map: where the map's own will stand, if it can. */
  Tensor du() {
    return normalized() ? dz() : new Tensor("du" + id, new TensorShape.Same(y()));
  }

  /** Returns the layer on which all depends that the next unit reads. */
  Layer end() {
    return gate == null ? result() : gate.expand().conv();
  }

  /** Returns the gradient of bn(y); without a normalisation it is y's own. */
  Tensor dz() {
    return normalized() ? new Tensor("dz" + id, new TensorShape.Same(y())) : y();
  }

  /** Returns the operand that reads the gradient of y: it stands where y did, read no more. */
  View dy() {
    return View.operand("dy" + id, y());
  }

  /**
   * Returns the epilogue that makes dz of the gradient of activation(bn(y)); none for y itself,
   * unless a join that multiplies y leaves the sums of its bias to the gate.
   */
  Value sums() {
    return normalized() || unit.activation() != Activation.NONE || gate != null
        ? gradientSums("sums" + id, result(), y(), unit.activation())
        : Value.NOTHING;
  }

  /** Returns inference's tensor activation(bn(y)), made of the given one. */
  Tensor t(Tensor of) {
    return new Tensor("t" + id, new TensorShape.Output(conv(), of));
  }

  /** Returns how comments call what follows the convolution: {@code " -> bn2a -> relu"}. */
  public String after() {
    return (normalized() ? " -> " + bn() : "") + Text.arrow(unit.activation());
  }

  /** Returns how comments call what becomes of y when it is read: {@code "bn2a -> relu -> "}. */
  String read() {
    return storesActivated() ? "" : after().substring(" -> ".length()) + " -> ";
  }

  /** Returns the layer that makes the unit's result: its normalisation, or the convolution. */
  public Layer result() {
    return normalized() ? bn() : conv();
  }

  /** Returns an operand that reads activation(bn(of)), or activation(of) of a convolution's. */
  static View activated(String name, Layer end, Tensor of, Activation activation) {
    return new View(
        ViewType.OPERAND, name, Call.of(end, "activated", of, new Value.Function(activation)));
  }

  /** Returns an epilogue that makes the gradient of bn(of) of that of activation(bn(of)). */
  static View gradientSums(String name, Layer end, Tensor of, Activation activation) {
    return new View(
        ViewType.EPILOGUE, name, Call.of(end, "gradientSums", of, new Value.Function(activation)));
  }
}
