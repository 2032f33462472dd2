package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A unit and the names of what is generated for it.
 *
 * @param id what completes the names of its variables: {@code "2a"}
 * @param unit the unit
 * @param convName name of the convolution, where stage and block may still be placeholders
 * @param bnName name of the normalisation, likewise
 * @param activationName name of the activation, likewise; null for Keras's numbers
 * @param paddingName name of the zero padding, likewise
 */
public record UnitPlan(
    String id,
    Unit unit,
    NamePattern convName,
    NamePattern bnName,
    NamePattern activationName,
    NamePattern paddingName) {
  /** Returns the names of the layers with parameters. */
  Stream<NamePattern> names() {
    return normalized() ? Stream.of(convName, bnName) : Stream.of(convName);
  }

  /** Returns whether a normalisation follows the convolution. */
  public boolean normalized() {
    return unit.normalized();
  }

  /** Returns the convolution. */
  public String conv() {
    return "conv" + id;
  }

  /** Returns the normalisation. */
  public String bn() {
    return "bn" + id;
  }

  /** Returns the tensor that the convolution writes. */
  String y() {
    return "y" + id;
  }

  /** Returns the operand that reads y as activation(bn(y)). */
  String a() {
    return "a" + id;
  }

  /** Returns the gradient of bn(y). */
  String dz() {
    return "dz" + id;
  }

  /** Returns the operand that reads the gradient of y. */
  String dy() {
    return "dy" + id;
  }

  /** Returns the epilogue that makes dz of the gradient of activation(bn(y)). */
  String sums() {
    return "sums" + id;
  }

  /** Returns inference's tensor activation(bn(y)). */
  String t() {
    return "t" + id;
  }

  /** Returns how comments call what follows the convolution: {@code "bn2a -> relu"}. */
  public String after() {
    return bn() + arrow(unit.activation());
  }

  /** Returns how comments call the unit's result: its normalisation, or the convolution itself. */
  public String result() {
    return normalized() ? bn() : conv();
  }

  /** Returns how comments call an activation at the end of a chain. */
  static String arrow(Activation activation) {
    return activation == Activation.NONE ? "" : " -> " + name(activation);
  }

  /** Returns how comments call an activation. */
  static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }
}
