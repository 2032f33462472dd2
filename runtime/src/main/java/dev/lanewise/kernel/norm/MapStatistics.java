package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.SUMMED_PIXELS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * The batch statistics of a map that is there already, in a pass of its own: each chunk of pixels
 * takes its mean, and its squared deviations from that. See {@link StatisticsEpilogue} for maps
 * that are being made.
 */
public final class MapStatistics implements Task {
  private final Scratch scratch;
  private final NormState norm;

  private Tensor x;

  /**
   * Prepares the pass.
   *
   * @param norm receives the sums, which the caller then finishes
   */
  public MapStatistics(Scratch scratch, NormState norm) {
    this.scratch = scratch;
    this.norm = norm;
  }

  /**
   * Adds up the statistics of a map.
   *
   * @param x [N,H,W,C]
   */
  public void run(Tensor x) {
    this.x = x;
    int chunks = Lanes.ceilDiv(x.shape().pixels(), SUMMED_PIXELS);
    norm.beginSums(chunks);
    scratch.pool().run(chunks, this);
  }

  @Override
  public void run(int chunk, int thread) {
    int channels = norm.channels;
    int first = chunk * SUMMED_PIXELS;
    int rows = Math.min(SUMMED_PIXELS, x.shape().pixels() - first);
    norm.counts[chunk] = rows;
    float[] data = x.data();
    int pitch = x.pitch();
    int at = x.offset() + first * pitch;
    int sumsAt = chunk * channels;
    int vectors = Lanes.floor(channels);
    for (int c = 0; c < vectors; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, data, at + r * pitch + c));
      }
      FloatVector mean = sum.div((float) rows);
      FloatVector square = FloatVector.zero(SPECIES);
      for (int r = 0; r < rows; r++) {
        FloatVector d = FloatVector.fromArray(SPECIES, data, at + r * pitch + c).sub(mean);
        square = d.fma(d, square);
      }
      mean.intoArray(norm.sums, sumsAt + c);
      square.intoArray(norm.sums2, sumsAt + c);
    }
    for (int c = vectors; c < channels; c++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += data[at + r * pitch + c];
      }
      float mean = sum / rows;
      float square = 0;
      for (int r = 0; r < rows; r++) {
        float d = data[at + r * pitch + c] - mean;
        square = Math.fma(d, d, square);
      }
      norm.sums[sumsAt + c] = mean;
      norm.sums2[sumsAt + c] = square;
    }
  }
}
