package dev.lanewise.kernel.conv;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.SUMMED_PIXELS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of a bias that no normalisation cancels: the sum of dDst over all pixels. Chunks of
 * pixels, which follow from the shape, are added up in float on all threads, and merged in double
 * and in order.
 */
public final class BiasGradient implements Task {
  private final Scratch scratch;
  private final double[] sums;

  private Operand dDst;
  private int pixels;
  private float[] partials;

  BiasGradient(Scratch scratch, int channels) {
    this.scratch = scratch;
    this.sums = new double[channels];
  }

  /** Writes the sums to dBias, from index at on. */
  void run(Operand dDst, float[] dBias, int at) {
    this.dDst = dDst;
    int channels = sums.length;
    pixels = dDst.tensor().shape().pixels();
    int chunks = Lanes.ceilDiv(pixels, SUMMED_PIXELS);
    // Two rows of each chunk: its sums, and a pixel's values.
    partials = scratch.partials(2 * chunks * channels);
    scratch.pool().run(chunks, this);
    Arrays.fill(sums, 0);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = Arena.FIRST + 2 * chunk * channels;
      for (int c = 0; c < channels; c++) {
        sums[c] += partials[from + c];
      }
    }
    for (int c = 0; c < channels; c++) {
      dBias[at + c] = (float) sums[c];
    }
  }

  @Override
  public void run(int chunk, int thread) {
    int channels = sums.length;
    int sum = Arena.FIRST + 2 * chunk * channels;
    int values = sum + channels;
    int end = Math.min(pixels, (chunk + 1) * SUMMED_PIXELS);
    dDst.copy(chunk * SUMMED_PIXELS, 0, channels, partials, sum);
    int vectors = Lanes.floor(channels);
    for (int pixel = chunk * SUMMED_PIXELS + 1; pixel < end; pixel++) {
      dDst.copy(pixel, 0, channels, partials, values);
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector.fromArray(SPECIES, partials, sum + c)
            .add(FloatVector.fromArray(SPECIES, partials, values + c))
            .intoArray(partials, sum + c);
      }
      for (int c = vectors; c < channels; c++) {
        partials[sum + c] += partials[values + c];
      }
    }
  }
}
