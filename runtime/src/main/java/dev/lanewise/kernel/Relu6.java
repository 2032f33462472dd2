package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** ReLU, but at most 6. */
final class Relu6 extends Pointwise {
  static final Relu6 FUNCTION = new Relu6();

  private static final float MOST = 6;

  private Relu6() {
    super(Activation.RELU6, 0);
  }

  @Override
  public boolean curved() {
    return true;
  }

  @Override
  public void forward(float[] values, int at, int count) {
    int vectors = Lanes.floor(count);
    FloatVector most = FloatVector.broadcast(SPECIES, MOST);
    for (int i = at; i < at + vectors; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, values, i);
      z.blend(most, z.compare(VectorOperators.GT, most)).intoArray(values, i);
    }
    for (int i = at + vectors; i < at + count; i++) {
      float z = values[i];
      values[i] = z > MOST ? MOST : z;
    }
  }

  @Override
  public void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector g = FloatVector.fromArray(SPECIES, gradients, gradientsAt + i);
      zero.blend(g, v.compare(VectorOperators.LT, MOST)).intoArray(gradients, gradientsAt + i);
    }
    for (int i = vectors; i < count; i++) {
      if (!(z[zAt + i] < MOST)) {
        gradients[gradientsAt + i] = 0;
      }
    }
  }
}
