package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.FOUR;
import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Stores dz, the gradient of bn(y), from the gradient of activation(bn(y)), and adds up per channel
 * dz and dz * (y - mean), of which dbeta and dgamma are made.
 */
public final class UnitGradientEpilogue extends Epilogue {
  private final NormState norm;
  private final float[] y;
  private final int yAt;
  private final int yPitch;

  private final Pointwise function;

  /** Reads y as bn(y), where the function is a curve; else null. */
  private final Operand curved;

  /** The values of bn(y) between which the gradient passes. */
  private final float floor;

  private final float ceiling;
  private final boolean capped;

  /**
   * Starts an epilogue.
   *
   * @param norm normalises y, and receives the sums
   * @param y [N,H,W,C], as what is stored
   * @param function the activation
   */
  public UnitGradientEpilogue(NormState norm, Tensor y, Pointwise function) {
    this.norm = norm;
    this.y = y.data();
    this.yAt = y.offset();
    this.yPitch = y.pitch();
    this.function = function;
    this.curved =
        function.curved()
            ? new ActivatedOperand(y, norm, PointwiseFunctions.of(Activation.NONE))
            : null;
    this.floor = function.floor();
    this.ceiling = function.ceiling();
    this.capped = function.capped();
  }

  @Override
  protected void begin(int chunks) {
    norm.beginSums(chunks);
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
    if (curved != null) {
      follow(tile, at, rowStride, panelStride, rows, pixels, channel, width);
    }
    int sumsAt = chunk * channels + channel;
    if (width == NR) {
      panel(tile, at, rowStride, rows, pixels, channel, sumsAt);
    } else {
      wide(tile, at, rowStride, panelStride, rows, pixels, channel, width, sumsAt);
    }
  }

  /** Takes the curve's derivative into the tile; bn(y) stands where dz will for that long. */
  private void follow(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width) {
    for (int r = 0; r < rows; r++) {
      int to = dstAt + pixels[r] * pitch + channel;
      curved.copy(pixels[r], channel, width, dst, to);
      for (int c = 0; c < width; c += NR) {
        int t = at + r * rowStride + column(c, panelStride);
        function.backward(tile, t, dst, to + c, Math.min(NR, width - c));
      }
    }
  }

  /** All of one panel, whose sums stay in registers. */
  private void panel(
      float[] tile, int at, int rowStride, int rows, int[] pixels, int channel, int sumsAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector scaleA = FloatVector.fromArray(SPECIES, norm.scale, channel);
    FloatVector scaleB = FloatVector.fromArray(SPECIES, norm.scale, channel + LANES);
    FloatVector scaleC =
        FOUR ? FloatVector.fromArray(SPECIES, norm.scale, channel + 2 * LANES) : zero;
    FloatVector scaleD =
        FOUR ? FloatVector.fromArray(SPECIES, norm.scale, channel + 3 * LANES) : zero;
    FloatVector shiftA = FloatVector.fromArray(SPECIES, norm.shift, channel);
    FloatVector shiftB = FloatVector.fromArray(SPECIES, norm.shift, channel + LANES);
    FloatVector shiftC =
        FOUR ? FloatVector.fromArray(SPECIES, norm.shift, channel + 2 * LANES) : zero;
    FloatVector shiftD =
        FOUR ? FloatVector.fromArray(SPECIES, norm.shift, channel + 3 * LANES) : zero;
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
      int from = yAt + pixels[r] * yPitch + channel;
      int to = dstAt + pixels[r] * pitch + channel;
      int t = at + r * rowStride;
      FloatVector va = FloatVector.fromArray(SPECIES, y, from);
      FloatVector ta = FloatVector.fromArray(SPECIES, tile, t);
      FloatVector za = va.fma(scaleA, shiftA);
      FloatVector da = zero.blend(ta, za.compare(VectorOperators.GT, floor));
      if (capped) {
        da = da.blend(zero, za.compare(VectorOperators.GE, ceiling));
      }
      da.intoArray(dst, to);
      sumA = sumA.add(da);
      productA = va.sub(meanA).fma(da, productA);
      FloatVector vb = FloatVector.fromArray(SPECIES, y, from + LANES);
      FloatVector tb = FloatVector.fromArray(SPECIES, tile, t + LANES);
      FloatVector zb = vb.fma(scaleB, shiftB);
      FloatVector db = zero.blend(tb, zb.compare(VectorOperators.GT, floor));
      if (capped) {
        db = db.blend(zero, zb.compare(VectorOperators.GE, ceiling));
      }
      db.intoArray(dst, to + LANES);
      sumB = sumB.add(db);
      productB = vb.sub(meanB).fma(db, productB);
      if (FOUR) {
        FloatVector vc = FloatVector.fromArray(SPECIES, y, from + 2 * LANES);
        FloatVector tc = FloatVector.fromArray(SPECIES, tile, t + 2 * LANES);
        FloatVector zc = vc.fma(scaleC, shiftC);
        FloatVector dc = zero.blend(tc, zc.compare(VectorOperators.GT, floor));
        if (capped) {
          dc = dc.blend(zero, zc.compare(VectorOperators.GE, ceiling));
        }
        dc.intoArray(dst, to + 2 * LANES);
        sumC = sumC.add(dc);
        productC = vc.sub(meanC).fma(dc, productC);
        FloatVector vd = FloatVector.fromArray(SPECIES, y, from + 3 * LANES);
        FloatVector td = FloatVector.fromArray(SPECIES, tile, t + 3 * LANES);
        FloatVector zd = vd.fma(scaleD, shiftD);
        FloatVector dd = zero.blend(td, zd.compare(VectorOperators.GT, floor));
        if (capped) {
          dd = dd.blend(zero, zd.compare(VectorOperators.GE, ceiling));
        }
        dd.intoArray(dst, to + 3 * LANES);
        sumD = sumD.add(dd);
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

  /** Any number of columns, whose sums stay in the first cache. */
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
    float[] sums = norm.sums;
    float[] products = norm.sums2;
    Arrays.fill(sums, sumsAt, sumsAt + width, 0f);
    Arrays.fill(products, sumsAt, sumsAt + width, 0f);
    FloatVector zero = FloatVector.zero(SPECIES);
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int from = yAt + pixels[r] * yPitch + channel;
      int to = dstAt + pixels[r] * pitch + channel;
      int row = at + r * rowStride;
      for (int c = 0; c < vectors; c += LANES) {
        int n = channel + c;
        FloatVector v = FloatVector.fromArray(SPECIES, y, from + c);
        FloatVector z =
            v.fma(
                FloatVector.fromArray(SPECIES, norm.scale, n),
                FloatVector.fromArray(SPECIES, norm.shift, n));
        FloatVector t = FloatVector.fromArray(SPECIES, tile, row + column(c, panelStride));
        FloatVector d = zero.blend(t, z.compare(VectorOperators.GT, floor));
        if (capped) {
          d = d.blend(zero, z.compare(VectorOperators.GE, ceiling));
        }
        d.intoArray(dst, to + c);
        int s = sumsAt + c;
        FloatVector.fromArray(SPECIES, sums, s).add(d).intoArray(sums, s);
        v.sub(FloatVector.fromArray(SPECIES, norm.mean, n))
            .fma(d, FloatVector.fromArray(SPECIES, products, s))
            .intoArray(products, s);
      }
      for (int c = vectors; c < width; c++) {
        int n = channel + c;
        float v = y[from + c];
        float z = Math.fma(v, norm.scale[n], norm.shift[n]);
        float d = function.passes(z) ? tile[row + column(c, panelStride)] : 0;
        dst[to + c] = d;
        sums[sumsAt + c] += d;
        products[sumsAt + c] = Math.fma(v - norm.mean[n], d, products[sumsAt + c]);
      }
    }
  }
}
