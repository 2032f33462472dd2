package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Stores dz, the gradient of bn(y), from the gradient of activation(bn(y)), and adds up per channel
 * dz and dz * (y - mean), of which dbeta and dgamma are made.
 */
final class UnitGradientEpilogue extends Epilogue {
  private final Norm norm;
  private final float[] y;
  private final int yAt;

  /** The value of bn(y) above which the gradient passes. */
  private final float threshold;

  UnitGradientEpilogue(Norm norm, Tensor y, boolean relu) {
    this.norm = norm;
    this.y = y.data();
    this.yAt = y.offset();
    this.threshold = Norm.floor(relu);
  }

  @Override
  void begin(int chunks) {
    norm.beginSums(chunks);
  }

  @Override
  void apply(float[] tile, int at, int rows, int[] pixels, int channel, int width, int chunk) {
    int sumsAt = chunk * channels + channel;
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector scale = FloatVector.fromArray(SPECIES, norm.scale, channel + c);
      FloatVector shift = FloatVector.fromArray(SPECIES, norm.shift, channel + c);
      FloatVector mean = FloatVector.fromArray(SPECIES, norm.mean, channel + c);
      FloatVector zero = FloatVector.zero(SPECIES);
      FloatVector sum = zero;
      FloatVector product = zero;
      for (int r = 0; r < rows; r++) {
        int i = pixels[r] * channels + channel + c;
        FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + i);
        VectorMask<Float> passes = v.fma(scale, shift).compare(VectorOperators.GT, threshold);
        FloatVector dz = zero.blend(FloatVector.fromArray(SPECIES, tile, at + r * NR + c), passes);
        dz.intoArray(dst, dstAt + i);
        sum = sum.add(dz);
        product = v.sub(mean).fma(dz, product);
      }
      sum.intoArray(norm.sums, sumsAt + c);
      product.intoArray(norm.sums2, sumsAt + c);
    }
    for (int c = vectors; c < width; c++) {
      float sum = 0;
      float product = 0;
      for (int r = 0; r < rows; r++) {
        int i = pixels[r] * channels + channel + c;
        float v = y[yAt + i];
        boolean passes = Math.fma(v, norm.scale[channel + c], norm.shift[channel + c]) > threshold;
        float dz = passes ? tile[at + r * NR + c] : 0;
        dst[dstAt + i] = dz;
        sum += dz;
        product = Math.fma(v - norm.mean[channel + c], dz, product);
      }
      norm.sums[sumsAt + c] = sum;
      norm.sums2[sumsAt + c] = product;
    }
  }
}
