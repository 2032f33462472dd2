package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
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
    // Two vectors at a time: rows lie far apart, and the reads and writes of one row together.
    int pairs = width & -2 * LANES;
    for (int c = 0; c < pairs; c += 2 * LANES) {
      pair(tile, at + c, rows, pixels, channel + c, sumsAt + c);
    }
    int vectors = Lanes.floor(width);
    for (int c = pairs; c < vectors; c += LANES) {
      single(tile, at + c, rows, pixels, channel + c, sumsAt + c);
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

  private void pair(float[] tile, int at, int rows, int[] pixels, int channel, int sumsAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector scaleA = FloatVector.fromArray(SPECIES, norm.scale, channel);
    FloatVector scaleB = FloatVector.fromArray(SPECIES, norm.scale, channel + LANES);
    FloatVector shiftA = FloatVector.fromArray(SPECIES, norm.shift, channel);
    FloatVector shiftB = FloatVector.fromArray(SPECIES, norm.shift, channel + LANES);
    FloatVector meanA = FloatVector.fromArray(SPECIES, norm.mean, channel);
    FloatVector meanB = FloatVector.fromArray(SPECIES, norm.mean, channel + LANES);
    FloatVector sumA = zero;
    FloatVector sumB = zero;
    FloatVector productA = zero;
    FloatVector productB = zero;
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      FloatVector va = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector vb = FloatVector.fromArray(SPECIES, y, yAt + i + LANES);
      FloatVector ta = FloatVector.fromArray(SPECIES, tile, at + r * NR);
      FloatVector tb = FloatVector.fromArray(SPECIES, tile, at + r * NR + LANES);
      FloatVector da =
          zero.blend(ta, va.fma(scaleA, shiftA).compare(VectorOperators.GT, threshold));
      FloatVector db =
          zero.blend(tb, vb.fma(scaleB, shiftB).compare(VectorOperators.GT, threshold));
      da.intoArray(dst, dstAt + i);
      db.intoArray(dst, dstAt + i + LANES);
      sumA = sumA.add(da);
      sumB = sumB.add(db);
      productA = va.sub(meanA).fma(da, productA);
      productB = vb.sub(meanB).fma(db, productB);
    }
    sumA.intoArray(norm.sums, sumsAt);
    sumB.intoArray(norm.sums, sumsAt + LANES);
    productA.intoArray(norm.sums2, sumsAt);
    productB.intoArray(norm.sums2, sumsAt + LANES);
  }

  private void single(float[] tile, int at, int rows, int[] pixels, int channel, int sumsAt) {
    FloatVector scale = FloatVector.fromArray(SPECIES, norm.scale, channel);
    FloatVector shift = FloatVector.fromArray(SPECIES, norm.shift, channel);
    FloatVector mean = FloatVector.fromArray(SPECIES, norm.mean, channel);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    FloatVector product = zero;
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector t = FloatVector.fromArray(SPECIES, tile, at + r * NR);
      FloatVector d = zero.blend(t, v.fma(scale, shift).compare(VectorOperators.GT, threshold));
      d.intoArray(dst, dstAt + i);
      sum = sum.add(d);
      product = v.sub(mean).fma(d, product);
    }
    sum.intoArray(norm.sums, sumsAt);
    product.intoArray(norm.sums2, sumsAt);
  }
}
