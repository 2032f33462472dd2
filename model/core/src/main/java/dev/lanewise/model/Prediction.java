package dev.lanewise.model;

import dev.lanewise.model.text.Numbers;

/**
 * A class that an image may be of.
 *
 * @param className its name
 * @param index its index among the classes
 * @param probability how sure the network is, from 0 to 1
 */
public record Prediction(String className, int index, float probability) {
  /** {@return class and probability for the user: {@code "cat 0.9876"}} */
  @Override
  public String toString() {
    return className + " " + Numbers.fixed4(probability);
  }
}
