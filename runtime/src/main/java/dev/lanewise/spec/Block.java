package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a block: the {@link ConvBn} units of the same type in order, a shortcut, and what
 * follows their sum.
 *
 * <p>The last unit of a block with a shortcut, and the projection, have no activation of their own:
 * {@link #activation} follows the addition.
 *
 * <p>Each unit's convolution and normalisation are named by the network's {@link Names}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Block {
  /** {@return what is added to the last unit} */
  Shortcut shortcut();

  /**
   * The name of a batch normalisation and an activation with which the block begins (He et al.,
   * "Identity Mappings in Deep Residual Networks", 2016); none by default. The units and the
   * projection then read the activated input, and an identity or a concatenation the input itself;
   * where there is a shortcut, the last unit and the projection have no normalisation, and nothing
   * follows the addition. {@link Names#batchNorm} and {@link Names#activation} complete the name as
   * that of a unit.
   *
   * @return the name, or the part of it; empty for none
   */
  String preActivation() default "";

  /** {@return what that activation is called after; by default as {@link #preActivation}} */
  String preActivationName() default "";

  /** {@return what follows that normalisation; given with {@link #preActivation} only} */
  Activation preActivationFunction() default Activation.RELU;

  /**
   * {@return the unit on the shortcut; given exactly where {@link #shortcut} can be a projection}
   */
  ConvBn projection() default
      @ConvBn(
          name = "",
          kernel = {});

  /**
   * The name of an average pooling in front of the projection, over windows of the block's stride
   * (ResNet-D of He et al., "Bag of Tricks for Image Classification with Convolutional Neural
   * Networks", CVPR 2019). Windows that reach over the border average what is inside. Blocks of
   * stride 1 have none, and the projection has stride 1 in all. {@link Names#conv} completes the
   * name as that of a unit.
   *
   * @return the name, or the part of it; empty for none
   */
  String projectionPool() default "";

  /**
   * Whether the addition names the shortcut first. The sum is the same; Keras derives the order of
   * a model's layers from it.
   *
   * @return whether the shortcut comes first
   */
  boolean shortcutFirst() default false;

  /**
   * {@return what follows the addition; not used where {@link #shortcut} is NONE or preActivation
   * given}
   */
  Activation activation() default Activation.RELU;

  /** {@return how the block's kernels start; by default as the network says} */
  Initializer initializer() default @Initializer(Initializer.Kind.OF_NETWORK);
}
