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

  /** Returns the normalisation that follows. */
  Norm norm() {
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
    for (int c = 0; c < pairs; c += 2 * LANES) {
      FloatVector ba = bias(channel + c);
      FloatVector bb = bias(channel + c + LANES);
      FloatVector firstA = FloatVector.fromArray(SPECIES, tile, at + c);
      FloatVector firstB = FloatVector.fromArray(SPECIES, tile, at + c + LANES);
      FloatVector sumA = FloatVector.zero(SPECIES);
      FloatVector sumB = sumA;
      FloatVector squareA = sumA;
      FloatVector squareB = sumA;
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
      finish(ba.add(firstA), sumA, squareA, rows, sumsAt + c);
      finish(bb.add(firstB), sumB, squareB, rows, sumsAt + c + LANES);
    }
    int vectors = Lanes.floor(width);
    for (int c = pairs; c < vectors; c += LANES) {
      FloatVector b = bias(channel + c);
      FloatVector first = FloatVector.fromArray(SPECIES, tile, at + c);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector square = sum;
      for (int r = 0; r < rows; r++) {
        FloatVector t = FloatVector.fromArray(SPECIES, tile, at + r * NR + c);
        t.add(b).intoArray(dst, dstAt + pixels[r] * channels + channel + c);
        FloatVector d = t.sub(first);
        sum = sum.add(d);
        square = d.fma(d, square);
      }
      finish(b.add(first), sum, square, rows, sumsAt + c);
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
      norm.sums[sumsAt + c] = b + first + sum / rows;
      norm.sums2[sumsAt + c] = Math.max(0, Math.fma(-sum / rows, sum, square));
    }
  }

  private FloatVector bias(int channel) {
    return bias == null
        ? FloatVector.zero(SPECIES)
        : FloatVector.fromArray(SPECIES, bias, biasAt + channel);
  }

  /** Turns sums of differences, and of their squares, into mean and squared deviations. */
  private void finish(FloatVector first, FloatVector sum, FloatVector square, int rows, int at) {
    FloatVector offset = sum.div((float) rows);
    first.add(offset).intoArray(norm.sums, at);
    offset.neg().fma(sum, square).max(0f).intoArray(norm.sums2, at);
  }
}
