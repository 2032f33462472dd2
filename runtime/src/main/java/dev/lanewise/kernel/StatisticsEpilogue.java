package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Stores y = tile + bias and keeps each chunk's mean and sum of squared deviations per channel. The
 * deviations are taken from the chunk's own mean, in a second walk over the tile, so that nothing
 * is lost where the mean is large.
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
    float[] means = norm.sums;
    float[] squares = norm.sums2;
    int sumsAt = chunk * channels + channel;
    norm.counts[chunk] = rows;
    int vectors = Lanes.floor(width);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector b =
          bias == null
              ? FloatVector.zero(SPECIES)
              : FloatVector.fromArray(SPECIES, bias, biasAt + channel + c);
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int r = 0; r < rows; r++) {
        FloatVector y = FloatVector.fromArray(SPECIES, tile, at + r * NR + c).add(b);
        y.intoArray(dst, dstAt + pixels[r] * channels + channel + c);
        sum = sum.add(y);
      }
      FloatVector mean = sum.div((float) rows);
      FloatVector offset = b.sub(mean);
      FloatVector square = FloatVector.zero(SPECIES);
      FloatVector rest = square;
      for (int r = 0; r < rows; r++) {
        FloatVector d = FloatVector.fromArray(SPECIES, tile, at + r * NR + c).add(offset);
        square = d.fma(d, square);
        rest = rest.add(d);
      }
      // What the rounding of the sum left of the deviations' sum, which should be zero.
      mean.add(rest.div((float) rows)).intoArray(means, sumsAt + c);
      square.intoArray(squares, sumsAt + c);
    }
    for (int c = vectors; c < width; c++) {
      float b = bias == null ? 0 : bias[biasAt + channel + c];
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        float y = tile[at + r * NR + c] + b;
        dst[dstAt + pixels[r] * channels + channel + c] = y;
        sum += y;
      }
      float mean = sum / rows;
      float square = 0;
      float rest = 0;
      for (int r = 0; r < rows; r++) {
        float d = tile[at + r * NR + c] + (b - mean);
        square = Math.fma(d, d, square);
        rest += d;
      }
      means[sumsAt + c] = mean + rest / rows;
      squares[sumsAt + c] = square;
    }
  }
}
