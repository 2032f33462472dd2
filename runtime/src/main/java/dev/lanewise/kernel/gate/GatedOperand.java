package dev.lanewise.kernel.gate;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/** Reads a map multiplied by a gate: the scale rides on the copy, as a normalisation does. */
public final class GatedOperand extends Operand {
  private final Operand map;
  private final Tensor gate;
  private final int pixelsOfImage;

  /**
   * Reads a map.
   *
   * @param map read as [N,H,W,C]
   * @param gate [N,1,1,C], used as it is when values are read
   */
  public GatedOperand(Operand map, Tensor gate) {
    super(map.tensor());
    this.map = map;
    this.gate = gate;
    this.pixelsOfImage = map.tensor().shape().h() * map.tensor().shape().w();
  }

  @Override
  public void copy(int pixel, int channel, int count, float[] dst, int at) {
    map.copy(pixel, channel, count, dst, at);
    scale(pixel, channel, count, dst, at);
  }

  @Override
  public void copyRows(
      int pixel, int rows, int channel, int count, float[] dst, int at, int stride) {
    map.copyRows(pixel, rows, channel, count, dst, at, stride);
    for (int r = 0; r < rows; r++) {
      scale(pixel + r, channel, count, dst, at + r * stride);
    }
  }

  private void scale(int pixel, int channel, int count, float[] dst, int at) {
    float[] values = gate.data();
    int from = gate.offset() + pixel / pixelsOfImage * gate.shape().c() + channel;
    int vectors = Lanes.floor(count);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector.fromArray(SPECIES, dst, at + i)
          .mul(FloatVector.fromArray(SPECIES, values, from + i))
          .intoArray(dst, at + i);
    }
    for (int i = vectors; i < count; i++) {
      dst[at + i] *= values[from + i];
    }
  }
}
