package dev.lanewise.train;

import java.util.Arrays;

/**
 * Keras's initialisers. Those without a seed argument take the seed of each layer. What a seed
 * gives is what TensorFlow 1 draws from it, on every machine.
 */
public final class KernelInitializers {
  /** Standard deviation of a unit normal that is cut at two deviations. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  private KernelInitializers() {}

  /**
   * {@return an initialiser that draws uniformly within sqrt(6 / (fan in + fan out)) (Glorot and
   * Bengio 2010)}
   */
  public static KernelInitializer glorotUniform() {
    return KernelInitializers::drawGlorotUniform;
  }

  /**
   * {@return an initialiser as {@link #glorotUniform()}, every kernel from the same seed, as
   * TensorFlow 1 draws it}
   *
   * @param seed taken instead of each layer's
   */
  public static KernelInitializer glorotUniform(long seed) {
    return (shape, layerSeed) -> drawGlorotUniform(shape, seed);
  }

  private static float[] drawGlorotUniform(int[] shape, long seed) {
    double scale = 1 / Math.max(1, (fanIn(shape) + fanOut(shape)) / 2);
    float limit = (float) Math.sqrt(3 * scale);
    return new RandomFill(seed).uniform(size(shape), -limit, limit);
  }

  /**
   * {@return an initialiser that draws uniformly between two values}
   *
   * @param min least value
   * @param max upper bound
   * @throws IllegalArgumentException where min is above max or one of them is not finite
   */
  public static KernelInitializer randomUniform(double min, double max) {
    checkRange(min, max);
    return (shape, layerSeed) -> drawUniform(shape, min, max, layerSeed);
  }

  /**
   * {@return an initialiser as {@link #randomUniform(double, double)}, every kernel from the same
   * seed}
   *
   * @param min least value
   * @param max upper bound
   * @param seed taken instead of each layer's
   */
  public static KernelInitializer randomUniform(double min, double max, long seed) {
    checkRange(min, max);
    return (shape, layerSeed) -> drawUniform(shape, min, max, seed);
  }

  private static float[] drawUniform(int[] shape, double min, double max, long seed) {
    return new RandomFill(seed).uniform(size(shape), (float) min, (float) max);
  }

  private static void checkRange(double min, double max) {
    if (!(min <= max) || !Float.isFinite((float) max - (float) min)) {
      throw new IllegalArgumentException(
          "random_uniform requires a finite min that is not above max, got min="
              + min
              + ", max="
              + max);
    }
  }

  /**
   * {@return an initialiser that draws from a normal distribution of variance 2 / fan in, cut at
   * two standard deviations (He et al. 2015)}
   */
  public static KernelInitializer heNormal() {
    return KernelInitializers::drawHeNormal;
  }

  /**
   * {@return an initialiser as {@link #heNormal()}, every kernel from the same seed}
   *
   * @param seed taken instead of each layer's
   */
  public static KernelInitializer heNormal(long seed) {
    return (shape, layerSeed) -> drawHeNormal(shape, seed);
  }

  private static float[] drawHeNormal(int[] shape, long seed) {
    return drawNormal(shape, 2 / Math.max(1, fanIn(shape)), seed);
  }

  /** {@return an initialiser as {@link #heNormal()}, of variance 2 / fan out} */
  public static KernelInitializer heNormalFanOut() {
    return KernelInitializers::drawHeNormalFanOut;
  }

  /**
   * {@return an initialiser as {@link #heNormalFanOut()}, every kernel from the same seed}
   *
   * @param seed taken instead of each layer's
   */
  public static KernelInitializer heNormalFanOut(long seed) {
    return (shape, layerSeed) -> drawHeNormalFanOut(shape, seed);
  }

  private static float[] drawHeNormalFanOut(int[] shape, long seed) {
    return drawNormal(shape, 2 / Math.max(1, fanOut(shape)), seed);
  }

  private static float[] drawNormal(int[] shape, double variance, long seed) {
    double deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
    return new RandomFill(seed).truncatedNormal(size(shape), (float) deviation);
  }

  /** {@return an initialiser whose kernels are all zero} */
  public static KernelInitializer zeros() {
    return (shape, layerSeed) -> new float[size(shape)];
  }

  /** {@return an initialiser whose kernels are all one} */
  public static KernelInitializer ones() {
    return (shape, layerSeed) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, 1);
      return values;
    };
  }

  /**
   * {@return the initialiser that a text names: {@code glorot_uniform}, {@code
   * glorot_uniform(seed=0)}, {@code he_normal}, {@code he_normal_fan_out}, {@code
   * random_uniform(min=-0.05,max=0.05,seed=3)}, {@code zeros}, {@code ones}} Arguments may be left
   * out and stand in any order; min and max are -0.05 and 0.05 by default.
   *
   * @param text a name, with or without arguments in brackets
   * @throws IllegalArgumentException saying what is known, where the text names something else
   */
  public static KernelInitializer parse(String text) {
    return InitializerText.parse(text);
  }

  /** Inputs that one output sums: KH*KW*IC, or a dense layer's inputs. */
  private static double fanIn(int[] shape) {
    return (double) receptiveField(shape) * shape[shape.length - 2];
  }

  /** Outputs that one input reaches: KH*KW*OC, or a dense layer's outputs. */
  private static double fanOut(int[] shape) {
    return (double) receptiveField(shape) * shape[shape.length - 1];
  }

  private static int receptiveField(int[] shape) {
    if (shape.length < 2) {
      throw new IllegalArgumentException(
          "a kernel's shape is [KH,KW,IC,OC] or [in,out], got " + Arrays.toString(shape));
    }
    return size(Arrays.copyOf(shape, shape.length - 2));
  }

  private static int size(int[] shape) {
    int size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, extent);
    }
    return size;
  }
}
