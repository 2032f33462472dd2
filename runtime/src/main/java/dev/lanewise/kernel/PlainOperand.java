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
  public void copy(int pixel, int channel, int count, float[] dst, int at) {
    int from = offset + pixel * pitch + channel;
    if (count < LANES) {
      for (int i = 0; i < count; i++) {
        dst[at + i] = data[from + i];
      }
      return;
    }
    // The first without a loop: in a short run nothing else is left to copy.
    FloatVector.fromArray(SPECIES, data, from).intoArray(dst, at);
    if (count > 2 * LANES) {
      for (int i = LANES; i < count - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, data, from + i).intoArray(dst, at + i);
      }
    }
    // The last vector ends where the values end, and may write some of them again.
    int last = count - LANES;
    FloatVector.fromArray(SPECIES, data, from + last).intoArray(dst, at + last);
  }

  @Override
  public boolean readsAsItIs() {
    return true;
  }

  @Override
  public boolean runsOverPixels() {
    return tensor.dense();
  }
}
