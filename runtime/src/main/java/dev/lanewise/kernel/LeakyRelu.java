package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** z where it is positive, else a small part of it. */
final class LeakyRelu extends Pointwise {
  static final LeakyRelu FUNCTION = new LeakyRelu();

  private static final float SLOPE = (float) Activation.LEAKY_SLOPE;

  private LeakyRelu() {
    super(Activation.LEAKY_RELU, Float.NEGATIVE_INFINITY, UNLIMITED);
  }

  @Override
  public boolean curved() {
    return true;
  }

  @Override
  public void forward(float[] values, int at, int count) {
    int vectors = Lanes.floor(count);
    for (int i = at; i < at + vectors; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, values, i);
      z.mul(SLOPE).blend(z, z.compare(VectorOperators.GT, 0f)).intoArray(values, i);
    }
    for (int i = at + vectors; i < at + count; i++) {
      float z = values[i];
      values[i] = z > 0 ? z : z * SLOPE;
    }
  }

  @Override
  public void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count) {
    int vectors = Lanes.floor(count);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector g = FloatVector.fromArray(SPECIES, gradients, gradientsAt + i);
      g.mul(SLOPE)
          .blend(g, v.compare(VectorOperators.GT, 0f))
          .intoArray(gradients, gradientsAt + i);
    }
    for (int i = vectors; i < count; i++) {
      if (!(z[zAt + i] > 0)) {
        gradients[gradientsAt + i] *= SLOPE;
      }
    }
  }
}
