package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.NamePattern;

/**
 * A normalisation and ReLU of a block's input, and the names of what is generated for it.
 *
 * @param id what completes the names of its variables: {@code "Preact"}
 * @param name name of the normalisation, where stage and block may still be placeholders
 * @param activationName name of the activation, likewise; null for Keras's numbers
 */
public record NormPlan(String id, NamePattern name, NamePattern activationName) {
  /** Returns the normalisation. */
  public String bn() {
    return "bn" + id;
  }

  /** Returns the operand that reads the input as relu(bn(x)). */
  String a() {
    return "a" + id;
  }

  /** Returns the epilogue that makes the gradient of bn(x) of that of relu(bn(x)). */
  String sums() {
    return "sums" + id;
  }

  /** Returns inference's operand relu(bn(x)). */
  String t() {
    return "t" + id;
  }
}
