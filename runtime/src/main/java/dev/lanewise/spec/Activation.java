package dev.lanewise.spec;

/** What follows a batch normalisation, or the join of a block. */
public enum Activation {
  /** The value itself. */
  NONE,
  /** {@code max(0, x)}. */
  RELU
}
