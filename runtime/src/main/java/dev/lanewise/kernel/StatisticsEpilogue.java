package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Stores y = tile + bias and keeps each chunk's mean and sum of squared deviations per channel.
 * They are made of the differences to the chunk's first row, so that nothing is lost where the mean
 * is large.
 */
final class StatisticsEpilogue extends Epilogue {
  private final Norm norm;

  StatisticsEpilogue(Norm norm) {
    this.norm = norm;
  }

  @Override
  Norm follower() {
    return norm;
  }

  @Override
  void begin(int chunks) {
    norm.beginSums(chunks);
  }

  @Override
  void apply(float[] tile, int at, int rows, int[] pixels, int channel, int width, int chunk) {
    int sumsAt = chunk * channels + channel;
    norm.counts[chunk] = rows;
    // Two vectors at a time: rows lie far apart, and the reads and writes of one row together.
    int pairs = width & -2 * LANES;
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int c = 0; c < pairs; c += 2 * LANES) {
      FloatVector ba = zero;
      FloatVector bb = zero;
      if (bias != null) {
        ba = FloatVector.fromArray(SPECIES, bias, biasAt + channel + c);
        bb = FloatVector.fromArray(SPECIES, bias, biasAt + channel + c + LANES);
      }
      FloatVector firstA = FloatVector.fromArray(SPECIES, tile, at + c);
      FloatVector firstB = FloatVector.fromArray(SPECIES, tile, at + c + LANES);
      FloatVector sumA = zero;
      FloatVector sumB = zero;
      FloatVector squareA = zero;
      FloatVector squareB = zero;
      for (int r = 0; r < rows; r++) {
        int to = dstAt + pixels[r] * channels + channel + c;
        FloatVector ta = FloatVector.fromArray(SPECIES, tile, at + r * NR + c);
        FloatVector tb = FloatVector.fromArray(SPECIES, tile, at + r * NR + c + LANES);
        ta.add(ba).intoArray(dst, to);
        tb.add(bb).intoArray(dst, to + LANES);
        FloatVector da = ta.sub(firstA);
        FloatVector db = tb.sub(firstB);
        sumA = sumA.add(da);
        sumB = sumB.add(db);
        squareA = da.fma(da, squareA);
        squareB = db.fma(db, squareB);
      }
      sumA.intoArray(norm.sums, sumsAt + c);
      sumB.intoArray(norm.sums, sumsAt + c + LANES);
      squareA.intoArray(norm.sums2, sumsAt + c);
      squareB.intoArray(norm.sums2, sumsAt + c + LANES);
    }
    int vectors = Lanes.floor(width);
    for (int c = pairs; c < vectors; c += LANES) {
      FloatVector b =
          bias == null ? zero : FloatVector.fromArray(SPECIES, bias, biasAt + channel + c);
      FloatVector first = FloatVector.fromArray(SPECIES, tile, at + c);
      FloatVector sum = zero;
      FloatVector square = zero;
      for (int r = 0; r < rows; r++) {
        FloatVector t = FloatVector.fromArray(SPECIES, tile, at + r * NR + c);
        t.add(b).intoArray(dst, dstAt + pixels[r] * channels + channel + c);
        FloatVector d = t.sub(first);
        sum = sum.add(d);
        square = d.fma(d, square);
      }
      sum.intoArray(norm.sums, sumsAt + c);
      square.intoArray(norm.sums2, sumsAt + c);
    }
    for (int c = vectors; c < width; c++) {
      float b = bias == null ? 0 : bias[biasAt + channel + c];
      float first = tile[at + c];
      float sum = 0;
      float square = 0;
      for (int r = 0; r < rows; r++) {
        float t = tile[at + r * NR + c];
        dst[dstAt + pixels[r] * channels + channel + c] = t + b;
        float d = t - first;
        sum += d;
        square = Math.fma(d, d, square);
      }
      norm.sums[sumsAt + c] = sum;
      norm.sums2[sumsAt + c] = square;
    }
    finish(tile, at, rows, channel, width, sumsAt);
  }

  /** Turns sums of differences, and of their squares, into means and squared deviations. */
  private void finish(float[] tile, int at, int rows, int channel, int width, int sumsAt) {
    for (int c = 0; c < width; c++) {
      float b = bias == null ? 0 : bias[biasAt + channel + c];
      float sum = norm.sums[sumsAt + c];
      float offset = sum / rows;
      norm.sums[sumsAt + c] = b + tile[at + c] + offset;
      norm.sums2[sumsAt + c] = Math.max(0, Math.fma(-offset, sum, norm.sums2[sumsAt + c]));
    }
  }
}
