package dev.lanewise.processor.plan;

/** The classes of views. */
public enum ViewType {
  /** How a kernel reads a tensor: as it is, or normalised and activated. */
  OPERAND,
  /** What a kernel does with a tile of its result while the tile is in cache. */
  EPILOGUE,
  /** Some channels of a tensor. */
  TENSOR,
  /** The sum at the end of a block, with its normalisations and its activation. */
  JOIN
}
