package dev.lanewise.train;

/** Draws the first values of a kernel. */
@FunctionalInterface
public interface KernelInitializer {
  /**
   * {@return the values of a kernel in row-major order}
   *
   * @param shape Keras's shape: [KH,KW,IC,OC] of a convolution, [in,out] of a dense layer
   * @param layerSeed seed of this kernel, used where the initialiser has no seed of its own
   */
  float[] draw(int[] shape, long layerSeed);
}
