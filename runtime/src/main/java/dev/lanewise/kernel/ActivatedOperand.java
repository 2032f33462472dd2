package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Reads y as activation(y * scale + shift): batch normalisation and what follows it.
 *
 * <p>Compare and blend rather than max: one instruction each, where max takes several to treat NaN
 * and negative zero as Java wants it; NaN stays NaN.
 */
final class ActivatedOperand extends Operand {
  private final float[] scale;
  private final float[] shift;
  private final float floor;

  ActivatedOperand(Tensor y, Norm norm, boolean relu) {
    super(y);
    this.scale = norm.scale;
    this.shift = norm.shift;
    this.floor = Norm.floor(relu);
  }

  @Override
  void copy(int pixel, int channel, int count, float[] dst, int at) {
    int from = offset + pixel * channels + channel;
    int vectors = Lanes.floor(count);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    int i = 0;
    for (; i < vectors; i += LANES) {
      FloatVector s = FloatVector.fromArray(SPECIES, scale, channel + i);
      FloatVector t = FloatVector.fromArray(SPECIES, shift, channel + i);
      FloatVector z = FloatVector.fromArray(SPECIES, data, from + i).fma(s, t);
      z.blend(least, z.compare(VectorOperators.LE, least)).intoArray(dst, at + i);
    }
    for (; i < count; i++) {
      float z = Math.fma(data[from + i], scale[channel + i], shift[channel + i]);
      dst[at + i] = z <= floor ? floor : z;
    }
  }
}
