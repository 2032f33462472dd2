package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/**
 * Reads dz, the gradient of bn(y), as the gradient of y: scale * (dz - dbeta/M - xhat * dgamma/M),
 * written as dz * scale + (y - mean) * slope + constant.
 */
final class InputGradientOperand extends Operand {
  private final float[] y;
  private final int yAt;
  private final Norm norm;

  InputGradientOperand(Tensor dz, Tensor y, Norm norm) {
    super(dz);
    this.y = y.data();
    this.yAt = y.offset();
    this.norm = norm;
  }

  @Override
  void copy(int pixel, int channel, int count, float[] dst, int at) {
    int from = pixel * channels + channel;
    form(norm, data, offset + from, y, yAt + from, channel, count, dst, at);
  }

  /** Forms count values; dst may be dz. */
  static void form(
      Norm norm,
      float[] dz,
      int dzAt,
      float[] y,
      int yAt,
      int channel,
      int count,
      float[] dst,
      int at) {
    float[] mean = norm.mean;
    float[] scale = norm.scale;
    float[] slope = norm.slope;
    float[] constant = norm.constant;
    int vectors = Lanes.floor(count);
    int i = 0;
    for (; i < vectors; i += LANES) {
      FloatVector s = FloatVector.fromArray(SPECIES, scale, channel + i);
      FloatVector c = FloatVector.fromArray(SPECIES, constant, channel + i);
      FloatVector k = FloatVector.fromArray(SPECIES, slope, channel + i);
      FloatVector m = FloatVector.fromArray(SPECIES, mean, channel + i);
      FloatVector v = FloatVector.fromArray(SPECIES, y, yAt + i).sub(m);
      FloatVector g = FloatVector.fromArray(SPECIES, dz, dzAt + i).fma(s, c);
      v.fma(k, g).intoArray(dst, at + i);
    }
    for (; i < count; i++) {
      int c = channel + i;
      float g = Math.fma(dz[dzAt + i], scale[c], constant[c]);
      dst[at + i] = Math.fma(y[yAt + i] - mean[c], slope[c], g);
    }
  }
}
