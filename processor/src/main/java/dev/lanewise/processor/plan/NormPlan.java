package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;

/**
 * A normalisation and an activation of a class's input, and what is generated for them.
 *
 * @param id what completes the names of its variables: {@code "Preact"}
 * @param name name of the normalisation, where stage and block may still be placeholders
 * @param activationName name of the activation, likewise; null for Keras's numbers
 * @param activation what follows the normalisation
 */
public record NormPlan(
    String id, NamePattern name, NamePattern activationName, Activation activation) {
  /** Returns the layer, which normalises what the class reads: {@code bnPreact}. */
  public Layer bn() {
    return new Layer(LayerType.BATCH_NORM, "bn" + id);
  }

  /** Returns the operand that reads the input as activation(bn(x)). */
  View a() {
    return UnitPlan.activated("a" + id, bn(), Given.X, activation());
  }

  /** Returns the epilogue that makes the gradient of bn(x) of that of activation(bn(x)). */
  View sums() {
    return UnitPlan.gradientSums("sums" + id, bn(), Given.X, activation());
  }

  /** Returns inference's operand activation(bn(x)). */
  View t() {
    return UnitPlan.activated("t" + id, bn(), Given.T_IN, activation());
  }

  /** Returns what joins the normalisation alone, with the activation, into a tensor. */
  View join(String name, Tensor in, Tensor out) {
    return new View(
        ViewType.JOIN,
        name,
        Call.of(
            new Value.Type(ViewType.JOIN),
            "plain",
            bn(),
            in,
            new Value.Function(activation()),
            out));
  }

  /** Returns how comments call what it makes: {@code "bnPreact -> relu"}. */
  String text() {
    return bn() + Text.arrow(activation());
  }
}
