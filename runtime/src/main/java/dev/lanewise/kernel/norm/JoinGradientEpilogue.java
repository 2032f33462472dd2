package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.FOUR;
import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Stores the gradient of a join's sum from the gradient of out = activation(sum), and adds up per
 * channel what dbeta and dgamma of the normalisations in the sum are made of. One that is
 * multiplied by a gate is left out: its gradient is not the sum's.
 */
final class JoinGradientEpilogue extends Epilogue {
  private static final Pointwise NONE = PointwiseFunctions.of(Activation.NONE);

  private final float[] out;
  private final int outAt;
  private final Pointwise function;
  private final float floor;
  private final float ceiling;
  private final boolean capped;
  private final JoinSum sum;
  private final boolean gated;
  private final NormState norm;
  private final float[] y;
  private final int yAt;
  private final NormState shortcutNorm;
  private final float[] shortcut;
  private final int shortcutAt;

  JoinGradientEpilogue(JoinSum sum, Pointwise function, Tensor out) {
    this.out = out.data();
    this.outAt = out.offset();
    this.function = function;
    this.floor = function.floor();
    this.ceiling = function.ceiling();
    this.capped = function.capped();
    this.sum = sum;
    this.gated = sum.gate() != null;
    this.norm = sum.norm();
    this.y = sum.y().data();
    this.yAt = sum.y().offset();
    this.shortcutNorm = sum.shortcutNorm();
    this.shortcut = shortcutNorm == null ? null : sum.shortcut().data();
    this.shortcutAt = shortcutNorm == null ? 0 : sum.shortcut().offset();
  }

  @Override
  protected void begin(int chunks) {
    if (!gated) {
      norm.beginSums(chunks);
    }
    if (shortcutNorm != null) {
      shortcutNorm.beginSums(chunks);
    }
  }

  @Override
  public void apply(
      float[] tile, int at, int rows, int[] pixels, int channel, int width, int chunk) {
    if (function.curved()) {
      follow(tile, at, rows, pixels, channel, width);
    }
    if (gated) {
      mask(tile, at, rows, pixels, channel, width);
    } else if (width == NR) {
      panel(tile, at, rows, pixels, channel, chunk);
    } else {
      mask(tile, at, rows, pixels, channel, width);
      addUp(norm, y, yAt, tile, at, rows, pixels, channel, width, chunk);
    }
    if (shortcutNorm != null) {
      addUp(shortcutNorm, shortcut, shortcutAt, tile, at, rows, pixels, channel, width, chunk);
    }
  }

  /** Takes the curve's derivative into the tile; a sum stands where its gradient will. */
  private void follow(float[] tile, int at, int rows, int[] pixels, int channel, int width) {
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      if (function.resultTellsDerivative()) {
        function.backward(tile, at + r * NR, out, outAt + i, width);
      } else {
        sum.write(pixels[r], channel, width, NONE, dst, dstAt + i);
        function.backward(tile, at + r * NR, dst, dstAt + i, width);
      }
    }
  }

  /**
   * All of a panel, row by row: rows lie far apart, and a row's reads and writes are neighbours.
   */
  private void panel(float[] tile, int at, int rows, int[] pixels, int channel, int chunk) {
    FloatVector zero = FloatVector.zero(SPECIES);
    boolean again = shortcutNorm != null;
    FloatVector meanA = FloatVector.fromArray(SPECIES, norm.mean, channel);
    FloatVector meanB = FloatVector.fromArray(SPECIES, norm.mean, channel + LANES);
    FloatVector meanC =
        FOUR ? FloatVector.fromArray(SPECIES, norm.mean, channel + 2 * LANES) : zero;
    FloatVector meanD =
        FOUR ? FloatVector.fromArray(SPECIES, norm.mean, channel + 3 * LANES) : zero;
    FloatVector sumA = zero;
    FloatVector sumB = zero;
    FloatVector sumC = zero;
    FloatVector sumD = zero;
    FloatVector productA = zero;
    FloatVector productB = zero;
    FloatVector productC = zero;
    FloatVector productD = zero;
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      int t = at + r * NR;
      FloatVector oa = FloatVector.fromArray(SPECIES, out, outAt + i);
      FloatVector ta = FloatVector.fromArray(SPECIES, tile, t);
      FloatVector da = zero.blend(ta, oa.compare(VectorOperators.GT, floor));
      if (capped) {
        da = da.blend(zero, oa.compare(VectorOperators.GE, ceiling));
      }
      da.intoArray(dst, dstAt + i);
      sumA = sumA.add(da);
      FloatVector va = FloatVector.fromArray(SPECIES, y, yAt + i);
      productA = va.sub(meanA).fma(da, productA);
      if (again) {
        da.intoArray(tile, t);
      }
      FloatVector ob = FloatVector.fromArray(SPECIES, out, outAt + i + LANES);
      FloatVector tb = FloatVector.fromArray(SPECIES, tile, t + LANES);
      FloatVector db = zero.blend(tb, ob.compare(VectorOperators.GT, floor));
      if (capped) {
        db = db.blend(zero, ob.compare(VectorOperators.GE, ceiling));
      }
      db.intoArray(dst, dstAt + i + LANES);
      sumB = sumB.add(db);
      FloatVector vb = FloatVector.fromArray(SPECIES, y, yAt + i + LANES);
      productB = vb.sub(meanB).fma(db, productB);
      if (again) {
        db.intoArray(tile, t + LANES);
      }
      if (FOUR) {
        FloatVector oc = FloatVector.fromArray(SPECIES, out, outAt + i + 2 * LANES);
        FloatVector tc = FloatVector.fromArray(SPECIES, tile, t + 2 * LANES);
        FloatVector dc = zero.blend(tc, oc.compare(VectorOperators.GT, floor));
        if (capped) {
          dc = dc.blend(zero, oc.compare(VectorOperators.GE, ceiling));
        }
        dc.intoArray(dst, dstAt + i + 2 * LANES);
        sumC = sumC.add(dc);
        FloatVector vc = FloatVector.fromArray(SPECIES, y, yAt + i + 2 * LANES);
        productC = vc.sub(meanC).fma(dc, productC);
        if (again) {
          dc.intoArray(tile, t + 2 * LANES);
        }
        FloatVector od = FloatVector.fromArray(SPECIES, out, outAt + i + 3 * LANES);
        FloatVector td = FloatVector.fromArray(SPECIES, tile, t + 3 * LANES);
        FloatVector dd = zero.blend(td, od.compare(VectorOperators.GT, floor));
        if (capped) {
          dd = dd.blend(zero, od.compare(VectorOperators.GE, ceiling));
        }
        dd.intoArray(dst, dstAt + i + 3 * LANES);
        sumD = sumD.add(dd);
        FloatVector vd = FloatVector.fromArray(SPECIES, y, yAt + i + 3 * LANES);
        productD = vd.sub(meanD).fma(dd, productD);
        if (again) {
          dd.intoArray(tile, t + 3 * LANES);
        }
      }
    }
    int sumsAt = chunk * channels + channel;
    sumA.intoArray(norm.sums, sumsAt);
    productA.intoArray(norm.sums2, sumsAt);
    sumB.intoArray(norm.sums, sumsAt + LANES);
    productB.intoArray(norm.sums2, sumsAt + LANES);
    if (FOUR) {
      sumC.intoArray(norm.sums, sumsAt + 2 * LANES);
      productC.intoArray(norm.sums2, sumsAt + 2 * LANES);
      sumD.intoArray(norm.sums, sumsAt + 3 * LANES);
      productD.intoArray(norm.sums2, sumsAt + 3 * LANES);
    }
  }

  /** Stores the masked tile, in dst and in the tile itself. */
  private void mask(float[] tile, int at, int rows, int[] pixels, int channel, int width) {
    int vectors = Lanes.floor(width);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      int t = at + r * NR;
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector o = FloatVector.fromArray(SPECIES, out, outAt + i + c);
        FloatVector d =
            zero.blend(
                FloatVector.fromArray(SPECIES, tile, t + c), o.compare(VectorOperators.GT, floor));
        if (capped) {
          d = d.blend(zero, o.compare(VectorOperators.GE, ceiling));
        }
        d.intoArray(dst, dstAt + i + c);
        d.intoArray(tile, t + c);
      }
      for (int c = vectors; c < width; c++) {
        float d = function.passes(out[outAt + i + c]) ? tile[t + c] : 0;
        dst[dstAt + i + c] = d;
        tile[t + c] = d;
      }
    }
  }

  private void addUp(
      NormState norm,
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
