package dev.lanewise.kernel.conv;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

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
  private static final int ROWS = 96;

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
    int chunks = Lanes.ceilDiv(pixels, ROWS);
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
  public void run(int chunk, int slot) {
    int channels = sums.length;
    int sum = Arena.FIRST + 2 * chunk * channels;
    int values = sum + channels;
    int end = Math.min(pixels, (chunk + 1) * ROWS);
    dDst.copy(chunk * ROWS, 0, channels, partials, sum);
    int vectors = Lanes.floor(channels);
    for (int pixel = chunk * ROWS + 1; pixel < end; pixel++) {
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
