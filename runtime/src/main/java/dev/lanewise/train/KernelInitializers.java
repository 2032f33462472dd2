package dev.lanewise.train;

/** Keras's initialisers. Those without a seed argument take the seed of each layer. */
public final class KernelInitializers {
  private KernelInitializers() {}

  /** Uniform within sqrt(6 / (fan in + fan out)). */
  public static KernelInitializer glorotUniform() {
    throw new UnsupportedOperationException();
  }

  /** As {@link #glorotUniform()}, every kernel from the same seed, as TensorFlow 1 draws it. */
  public static KernelInitializer glorotUniform(long seed) {
    throw new UnsupportedOperationException();
  }

  /** Uniform between two values. */
  public static KernelInitializer randomUniform(double min, double max) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #randomUniform(double, double)}, every kernel from the same seed. */
  public static KernelInitializer randomUniform(double min, double max, long seed) {
    throw new UnsupportedOperationException();
  }

  /** Normal of variance 2 / fan in, cut at two standard deviations. */
  public static KernelInitializer heNormal() {
    throw new UnsupportedOperationException();
  }

  /** As {@link #heNormal()}, every kernel from the same seed. */
  public static KernelInitializer heNormal(long seed) {
    throw new UnsupportedOperationException();
  }

  /** All zero. */
  public static KernelInitializer zeros() {
    throw new UnsupportedOperationException();
  }

  /** All one. */
  public static KernelInitializer ones() {
    throw new UnsupportedOperationException();
  }
}
