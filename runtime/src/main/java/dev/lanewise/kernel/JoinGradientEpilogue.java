package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Stores the gradient of a join's sum from the gradient of out = activation(sum), and adds up per
 * channel what dbeta and dgamma of the normalisations in the sum are made of.
 */
final class JoinGradientEpilogue extends Epilogue {
  private final float[] out;
  private final int outAt;
  private final float threshold;
  private final Norm norm;
  private final float[] y;
  private final int yAt;
  private final Norm shortcutNorm;
  private final float[] shortcut;
  private final int shortcutAt;

  /** Pass null for shortcutNorm and shortcut where the shortcut has no normalisation. */
  JoinGradientEpilogue(
      Tensor out, boolean relu, Norm norm, Tensor y, Norm shortcutNorm, Tensor shortcut) {
    this.out = out.data();
    this.outAt = out.offset();
    this.threshold = Norm.floor(relu);
    this.norm = norm;
    this.y = y.data();
    this.yAt = y.offset();
    this.shortcutNorm = shortcutNorm;
    this.shortcut = shortcut == null ? null : shortcut.data();
    this.shortcutAt = shortcut == null ? 0 : shortcut.offset();
  }

  @Override
  void begin(int chunks) {
    norm.beginSums(chunks);
    if (shortcutNorm != null) {
      shortcutNorm.beginSums(chunks);
    }
  }

  @Override
  void apply(float[] tile, int at, int rows, int[] pixels, int channel, int width, int chunk) {
    // Two vectors at a time: rows lie far apart, and the reads and writes of one row together.
    int pairs = width & -2 * LANES;
    for (int c = 0; c < pairs; c += 2 * LANES) {
      pair(tile, at + c, rows, pixels, channel + c, chunk);
    }
    if (pairs < width) {
      mask(tile, at + pairs, rows, pixels, channel + pairs, width - pairs);
      addUp(norm, y, yAt, tile, at + pairs, rows, pixels, channel + pairs, width - pairs, chunk);
    }
    if (shortcutNorm != null) {
      addUp(shortcutNorm, shortcut, shortcutAt, tile, at, rows, pixels, channel, width, chunk);
    }
  }

  private void pair(float[] tile, int at, int rows, int[] pixels, int channel, int chunk) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector meanA = FloatVector.fromArray(SPECIES, norm.mean, channel);
    FloatVector meanB = FloatVector.fromArray(SPECIES, norm.mean, channel + LANES);
    FloatVector sumA = zero;
    FloatVector sumB = zero;
    FloatVector productA = zero;
    FloatVector productB = zero;
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      int t = at + r * NR;
      FloatVector oa = FloatVector.fromArray(SPECIES, out, outAt + i);
      FloatVector ob = FloatVector.fromArray(SPECIES, out, outAt + i + LANES);
      FloatVector ta = FloatVector.fromArray(SPECIES, tile, t);
      FloatVector tb = FloatVector.fromArray(SPECIES, tile, t + LANES);
      FloatVector da = zero.blend(ta, oa.compare(VectorOperators.GT, threshold));
      FloatVector db = zero.blend(tb, ob.compare(VectorOperators.GT, threshold));
      da.intoArray(dst, dstAt + i);
      db.intoArray(dst, dstAt + i + LANES);
      da.intoArray(tile, t);
      db.intoArray(tile, t + LANES);
      sumA = sumA.add(da);
      sumB = sumB.add(db);
      FloatVector va = FloatVector.fromArray(SPECIES, y, yAt + i);
      FloatVector vb = FloatVector.fromArray(SPECIES, y, yAt + i + LANES);
      productA = va.sub(meanA).fma(da, productA);
      productB = vb.sub(meanB).fma(db, productB);
    }
    int sumsAt = chunk * channels + channel;
    sumA.intoArray(norm.sums, sumsAt);
    sumB.intoArray(norm.sums, sumsAt + LANES);
    productA.intoArray(norm.sums2, sumsAt);
    productB.intoArray(norm.sums2, sumsAt + LANES);
  }

  /** Stores the masked tile, in dst and in the tile itself. */
  private void mask(float[] tile, int at, int rows, int[] pixels, int channel, int width) {
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      int t = at + r * NR;
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector o = FloatVector.fromArray(SPECIES, out, outAt + i + c);
        FloatVector d =
            FloatVector.zero(SPECIES)
                .blend(
                    FloatVector.fromArray(SPECIES, tile, t + c),
                    o.compare(VectorOperators.GT, threshold));
        d.intoArray(dst, dstAt + i + c);
        d.intoArray(tile, t + c);
      }
      for (int c = vectors; c < width; c++) {
        float d = out[outAt + i + c] > threshold ? tile[t + c] : 0;
        dst[dstAt + i + c] = d;
        tile[t + c] = d;
      }
    }
  }

  private void addUp(
      Norm norm,
      float[] y,
      int yAt,
      float[] tile,
      int at,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int chunk) {
    int sumsAt = chunk * channels + channel;
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, norm.mean, channel + c);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = sum;
      for (int r = 0; r < rows; r++) {
        FloatVector d = FloatVector.fromArray(SPECIES, tile, at + r * NR + c);
        FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + pixels[r] * channels + channel + c);
        sum = sum.add(d);
        product = v.sub(mean).fma(d, product);
      }
      sum.intoArray(norm.sums, sumsAt + c);
      product.intoArray(norm.sums2, sumsAt + c);
    }
    for (int c = vectors; c < width; c++) {
      float sum = 0;
      float product = 0;
      for (int r = 0; r < rows; r++) {
        float d = tile[at + r * NR + c];
        sum += d;
        product =
            Math.fma(
                y[yAt + pixels[r] * channels + channel + c] - norm.mean[channel + c], d, product);
      }
      norm.sums[sumsAt + c] = sum;
      norm.sums2[sumsAt + c] = product;
    }
  }
}
