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
import java.util.Arrays;
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
  private final boolean gated;
  private final JoinSum sum;
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
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int chunk) {
    if (function.curved()) {
      follow(tile, at, rowStride, panelStride, rows, pixels, channel, width);
    }
    int sumsAt = chunk * channels + channel;
    if (width == NR && shortcutNorm == null && !gated) {
      panel(tile, at, rowStride, rows, pixels, channel, sumsAt);
    } else {
      wide(tile, at, rowStride, panelStride, rows, pixels, channel, width, sumsAt);
    }
  }

  /** Takes the curve's derivative into the tile; a sum stands where its gradient will. */
  private void follow(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width) {
    boolean fromResult = function.resultTellsDerivative();
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      if (!fromResult) {
        sum.write(pixels[r], channel, width, NONE, dst, dstAt + i);
      }
      for (int c = 0; c < width; c += NR) {
        int t = at + r * rowStride + column(c, panelStride);
        int z = (fromResult ? outAt : dstAt) + i + c;
        function.backward(tile, t, fromResult ? out : dst, z, Math.min(NR, width - c));
      }
    }
  }

  /** All of one panel, whose sums stay in registers. */
  private void panel(
      float[] tile, int at, int rowStride, int rows, int[] pixels, int channel, int sumsAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
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
      int t = at + r * rowStride;
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
      }
    }
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

  /** Any number of columns and both normalisations, whose sums stay in the first cache. */
  private void wide(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int sumsAt) {
    if (!gated) {
      clearSums(norm, sumsAt, width);
    }
    if (shortcutNorm != null) {
      clearSums(shortcutNorm, sumsAt, width);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int i = pixels[r] * channels + channel;
      int row = at + r * rowStride;
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector o = FloatVector.fromArray(SPECIES, out, outAt + i + c);
        FloatVector t = FloatVector.fromArray(SPECIES, tile, row + column(c, panelStride));
        FloatVector d = zero.blend(t, o.compare(VectorOperators.GT, floor));
        if (capped) {
          d = d.blend(zero, o.compare(VectorOperators.GE, ceiling));
        }
        d.intoArray(dst, dstAt + i + c);
      }
      for (int c = vectors; c < width; c++) {
        float t = tile[row + column(c, panelStride)];
        dst[dstAt + i + c] = function.passes(out[outAt + i + c]) ? t : 0;
      }
      if (!gated) {
        addUp(norm, y, yAt, i, channel, width, sumsAt);
      }
      if (shortcutNorm != null) {
        addUp(shortcutNorm, shortcut, shortcutAt, i, channel, width, sumsAt);
      }
    }
  }

  private static void clearSums(NormState norm, int sumsAt, int width) {
    Arrays.fill(norm.sums, sumsAt, sumsAt + width, 0f);
    Arrays.fill(norm.sums2, sumsAt, sumsAt + width, 0f);
  }

  /** Adds up what a normalisation wants of one pixel, whose gradient is stored. */
  private void addUp(
      NormState norm, float[] y, int yAt, int i, int channel, int width, int sumsAt) {
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dst, dstAt + i + c);
      int s = sumsAt + c;
      FloatVector.fromArray(SPECIES, norm.sums, s).add(d).intoArray(norm.sums, s);
      FloatVector.fromArray(SPECIES, y, yAt + i + c)
          .sub(FloatVector.fromArray(SPECIES, norm.mean, channel + c))
          .fma(d, FloatVector.fromArray(SPECIES, norm.sums2, s))
          .intoArray(norm.sums2, s);
    }
    for (int c = vectors; c < width; c++) {
      float d = dst[dstAt + i + c];
      int s = sumsAt + c;
      norm.sums[s] += d;
      norm.sums2[s] = Math.fma(y[yAt + i + c] - norm.mean[channel + c], d, norm.sums2[s]);
    }
  }
}
