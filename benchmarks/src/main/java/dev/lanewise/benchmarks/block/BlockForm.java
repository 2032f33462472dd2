package dev.lanewise.benchmarks.block;

import dev.lanewise.tensor.Tensor;

/** A residual block in training, from its input and the gradient of its output. */
interface BlockForm {
  /** Runs the forward pass; returns the output, which the backward pass may overwrite. */
  Tensor forward();

  /** Runs the backward pass of the last forward pass; returns the gradient of the input. */
  Tensor backward();

  /** Returns the gradient of a parameter, in Keras's layout. */
  float[] gradient(String layer, String name);
}
