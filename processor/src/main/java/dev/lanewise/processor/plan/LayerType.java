package dev.lanewise.processor.plan;

/** The layers of which generated classes are made. */
public enum LayerType {
  /** A convolution. */
  CONV,
  /** A batch normalisation. */
  BATCH_NORM,
  /** Every stride-th pixel of a map. */
  SUBSAMPLING,
  /** A max pooling. */
  MAX_POOL,
  /** An average pooling, over windows or the whole map. */
  AVERAGE_POOL,
  /** A multiplication of a map by a value for each image and channel. */
  GATE,
  /** Channels of a block's input and of its last unit, side by side. */
  CONCATENATION,
  /** A dense layer. */
  DENSE,
  /** A dropout in front of a dense layer. */
  DROPOUT
}
