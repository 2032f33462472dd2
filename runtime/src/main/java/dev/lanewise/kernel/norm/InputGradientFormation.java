package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * Overwrites y by its gradient, formed from dz, the gradient of bn(y), on all threads: scale * (dz
 * - dbeta/M - xhat * dgamma/M), written as dz * scale + (y - mean) * slope + constant.
 */
public final class InputGradientFormation implements Task {
  private final Scratch scratch;
  private final NormState norm;
  private final int pixelsPerTask;

  private Tensor dz;
  private Tensor y;

  /**
   * Prepares the pass.
   *
   * @param norm whose coefficients of the gradient are used
   */
  public InputGradientFormation(Scratch scratch, NormState norm) {
    this.scratch = scratch;
    this.norm = norm;
    this.pixelsPerTask = TaskSizes.pixels(norm.channels);
  }

  /**
   * Overwrites y.
   *
   * @param dz [N,H,W,C]
   * @param y [N,H,W,C]
   */
  public void run(Tensor dz, Tensor y) {
    this.dz = dz;
    this.y = y;
    scratch.pool().run(Lanes.ceilDiv(dz.shape().pixels(), pixelsPerTask), this);
  }

  @Override
  public void run(int index, int thread) {
    int channels = norm.channels;
    int from = index * pixelsPerTask;
    int to = Math.min(dz.shape().pixels(), from + pixelsPerTask);
    for (int pixel = from; pixel < to; pixel++) {
      int first = pixel * channels;
      form(norm, dz.data(), dz.offset() + first, y.data(), y.offset() + first);
    }
  }

  /** Forms the channels of one pixel. */
  private static void form(NormState norm, float[] dz, int dzAt, float[] y, int yAt) {
    float[] mean = norm.mean;
    float[] scale = norm.scale;
    float[] slope = norm.slope;
    float[] constant = norm.constant;
    int vectors = Lanes.floor(norm.channels);
    int c = 0;
    for (; c < vectors; c += LANES) {
      FloatVector s = FloatVector.fromArray(SPECIES, scale, c);
      FloatVector b = FloatVector.fromArray(SPECIES, constant, c);
      FloatVector k = FloatVector.fromArray(SPECIES, slope, c);
      FloatVector m = FloatVector.fromArray(SPECIES, mean, c);
      FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + c).sub(m);
      FloatVector g = FloatVector.fromArray(SPECIES, dz, dzAt + c).fma(s, b);
      v.fma(k, g).intoArray(y, yAt + c);
    }
    for (; c < norm.channels; c++) {
      float g = Math.fma(dz[dzAt + c], scale[c], constant[c]);
      y[yAt + c] = Math.fma(y[yAt + c] - mean[c], slope[c], g);
    }
  }
}
