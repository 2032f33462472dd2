package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/** Reads a tensor as it is. */
final class PlainOperand extends Operand {
  PlainOperand(Tensor tensor) {
    super(tensor);
  }

  @Override
  void copy(int pixel, int channel, int count, float[] dst, int at) {
    int from = offset + pixel * channels + channel;
    int vectors = Lanes.floor(count);
    int i = 0;
    for (; i < vectors; i += LANES) {
      FloatVector.fromArray(SPECIES, data, from + i).intoArray(dst, at + i);
    }
    for (; i < count; i++) {
      dst[at + i] = data[from + i];
    }
  }

  @Override
  boolean runsOverPixels() {
    return true;
  }
}
