package dev.lanewise.spec;

/** What a block adds to its last unit. */
public enum Shortcut {
  /** Nothing: a plain sequential block. */
  NONE,
  /** The block's input; a block that changes the shape is a compile error. */
  IDENTITY,
  /**
   * The block's input where the block keeps its shape, else nothing (Sandler et al., "MobileNetV2",
   * CVPR 2018). {@link Block#activation} follows the last unit in either case.
   */
  IDENTITY_IF_SHAPE_STAYS,
  /** The projection of the block's input, always. */
  PROJECTION,
  /** The projection where the block changes the shape (channels or stride), else the input. */
  PROJECTION_IF_SHAPE_CHANGES,
  /**
   * The projection where the block changes the channels; else the input, of which a stride leaves
   * every stride-th pixel (Keras's {@code MaxPooling2D(1, stride)}).
   */
  PROJECTION_IF_CHANNELS_CHANGE,
  /**
   * The block's input, beside which the last unit's channels are put rather than added to it (Huang
   * et al., "Densely Connected Convolutional Networks", CVPR 2017). It goes with {@link
   * Block#preActivation}, and the units have no strides.
   */
  CONCATENATION
}
