package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.FOUR;
import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Stores y = tile + bias and keeps each chunk's mean and sum of squared deviations per channel.
 * They are made of the differences to the chunk's first row, so that nothing is lost where the mean
 * is large.
 */
public final class StatisticsEpilogue extends Epilogue {
  private final NormState norm;

  /**
   * Starts an epilogue.
   *
   * @param norm receives the sums
   */
  public StatisticsEpilogue(NormState norm) {
    this.norm = norm;
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
    int sumsAt = chunk * channels + channel;
    norm.counts[chunk] = rows;
    if (width == NR) {
      panel(tile, at, rowStride, rows, pixels, channel, sumsAt);
    } else {
      wide(tile, at, rowStride, panelStride, rows, pixels, channel, width, sumsAt);
    }
    finish(tile, at, panelStride, rows, channel, width, sumsAt);
  }

  /** All of one panel, whose sums stay in registers. */
  private void panel(
      float[] tile, int at, int rowStride, int rows, int[] pixels, int channel, int sumsAt) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector biasA = zero;
    FloatVector biasB = zero;
    FloatVector biasC = zero;
    FloatVector biasD = zero;
    if (bias != null) {
      biasA = FloatVector.fromArray(SPECIES, bias, biasAt + channel);
      biasB = FloatVector.fromArray(SPECIES, bias, biasAt + channel + LANES);
    }
    if (FOUR && bias != null) {
      biasC = FloatVector.fromArray(SPECIES, bias, biasAt + channel + 2 * LANES);
      biasD = FloatVector.fromArray(SPECIES, bias, biasAt + channel + 3 * LANES);
    }
    FloatVector firstA = FloatVector.fromArray(SPECIES, tile, at);
    FloatVector firstB = FloatVector.fromArray(SPECIES, tile, at + LANES);
    FloatVector firstC = FOUR ? FloatVector.fromArray(SPECIES, tile, at + 2 * LANES) : zero;
    FloatVector firstD = FOUR ? FloatVector.fromArray(SPECIES, tile, at + 3 * LANES) : zero;
    FloatVector sumA = zero;
    FloatVector sumB = zero;
    FloatVector sumC = zero;
    FloatVector sumD = zero;
    FloatVector squareA = zero;
    FloatVector squareB = zero;
    FloatVector squareC = zero;
    FloatVector squareD = zero;
    for (int r = 0; r < rows; r++) {
      int to = dstAt + pixels[r] * pitch + channel;
      int t = at + r * rowStride;
      FloatVector ta = FloatVector.fromArray(SPECIES, tile, t);
      ta.add(biasA).intoArray(dst, to);
      FloatVector da = ta.sub(firstA);
      sumA = sumA.add(da);
      squareA = da.fma(da, squareA);
      FloatVector tb = FloatVector.fromArray(SPECIES, tile, t + LANES);
      tb.add(biasB).intoArray(dst, to + LANES);
      FloatVector db = tb.sub(firstB);
      sumB = sumB.add(db);
      squareB = db.fma(db, squareB);
      if (FOUR) {
        FloatVector tc = FloatVector.fromArray(SPECIES, tile, t + 2 * LANES);
        tc.add(biasC).intoArray(dst, to + 2 * LANES);
        FloatVector dc = tc.sub(firstC);
        sumC = sumC.add(dc);
        squareC = dc.fma(dc, squareC);
        FloatVector td = FloatVector.fromArray(SPECIES, tile, t + 3 * LANES);
        td.add(biasD).intoArray(dst, to + 3 * LANES);
        FloatVector dd = td.sub(firstD);
        sumD = sumD.add(dd);
        squareD = dd.fma(dd, squareD);
      }
    }
    sumA.intoArray(norm.sums, sumsAt);
    squareA.intoArray(norm.sums2, sumsAt);
    sumB.intoArray(norm.sums, sumsAt + LANES);
    squareB.intoArray(norm.sums2, sumsAt + LANES);
    if (FOUR) {
      sumC.intoArray(norm.sums, sumsAt + 2 * LANES);
      squareC.intoArray(norm.sums2, sumsAt + 2 * LANES);
      sumD.intoArray(norm.sums, sumsAt + 3 * LANES);
      squareD.intoArray(norm.sums2, sumsAt + 3 * LANES);
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
    float[] squares = norm.sums2;
    Arrays.fill(sums, sumsAt, sumsAt + width, 0f);
    Arrays.fill(squares, sumsAt, sumsAt + width, 0f);
    boolean biased = bias != null;
    FloatVector zero = FloatVector.zero(SPECIES);
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int to = dstAt + pixels[r] * pitch + channel;
      int row = at + r * rowStride;
      for (int c = 0; c < vectors; c += LANES) {
        int column = column(c, panelStride);
        FloatVector t = FloatVector.fromArray(SPECIES, tile, row + column);
        FloatVector b = biased ? FloatVector.fromArray(SPECIES, bias, biasAt + channel + c) : zero;
        t.add(b).intoArray(dst, to + c);
        FloatVector d = t.sub(FloatVector.fromArray(SPECIES, tile, at + column));
        int s = sumsAt + c;
        FloatVector.fromArray(SPECIES, sums, s).add(d).intoArray(sums, s);
        d.fma(d, FloatVector.fromArray(SPECIES, squares, s)).intoArray(squares, s);
      }
      for (int c = vectors; c < width; c++) {
        int column = column(c, panelStride);
        float t = tile[row + column];
        dst[to + c] = biased ? t + bias[biasAt + channel + c] : t;
        float d = t - tile[at + column];
        sums[sumsAt + c] += d;
        squares[sumsAt + c] = Math.fma(d, d, squares[sumsAt + c]);
      }
    }
  }

  /** Turns sums of differences, and of their squares, into means and squared deviations. */
  private void finish(
      float[] tile, int at, int panelStride, int rows, int channel, int width, int sumsAt) {
    boolean biased = bias != null;
    FloatVector zero = FloatVector.zero(SPECIES);
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      int s = sumsAt + c;
      FloatVector b = biased ? FloatVector.fromArray(SPECIES, bias, biasAt + channel + c) : zero;
      FloatVector sum = FloatVector.fromArray(SPECIES, norm.sums, s);
      FloatVector offset = sum.div((float) rows);
      b.add(FloatVector.fromArray(SPECIES, tile, at + column(c, panelStride)))
          .add(offset)
          .intoArray(norm.sums, s);
      FloatVector square = offset.neg().fma(sum, FloatVector.fromArray(SPECIES, norm.sums2, s));
      square.blend(zero, square.compare(VectorOperators.LE, 0f)).intoArray(norm.sums2, s);
    }
    for (int c = vectors; c < width; c++) {
      float b = biased ? bias[biasAt + channel + c] : 0;
      float sum = norm.sums[sumsAt + c];
      float offset = sum / rows;
      norm.sums[sumsAt + c] = b + tile[at + column(c, panelStride)] + offset;
      norm.sums2[sumsAt + c] = Math.max(0, Math.fma(-offset, sum, norm.sums2[sumsAt + c]));
    }
  }
}
