package dev.lanewise.model.golden;

/**
 * A trainable array in double, and the updates that Keras makes with its gradient.
 *
 * <p>On TensorFlow, Keras's momentum, and the betas within Adam's correction, are rounded to float
 * on their way to float64, as {@code tf.cast} does with Python's numbers. Seen in double this
 * decides the seventh digit of the next losses.
 */
final class ReferenceParameter {
  final String path;
  final double[] values;

  /** Of the loss, shaped as the values; null before the first way back. */
  double[] gradient;

  private final double[] m;
  private final double[] v;

  /** Creates a parameter that Keras calls {@code path}, {@code layer/weight}. */
  ReferenceParameter(String path, double[] values) {
    this.path = path;
    this.values = values;
    m = new double[values.length];
    v = new double[values.length];
  }

  /** Takes a step of gradient descent, with the learning rate inside the velocity. */
  void sgd(double learningRate, double momentum) {
    for (int i = 0; i < values.length; i++) {
      m[i] = (float) momentum * m[i] - learningRate * gradient[i];
      values[i] += m[i];
    }
  }

  /**
   * Takes a step of Adam: the correction for bias is in the learning rate, epsilon outside the
   * root.
   *
   * @param step counted from 1
   */
  void adam(int step, double learningRate, double beta1, double beta2, double epsilon) {
    double correction1 = 1 - Math.pow((float) beta1, step);
    double correction2 = 1 - Math.pow((float) beta2, step);
    double rate = learningRate * Math.sqrt(correction2) / correction1;
    for (int i = 0; i < values.length; i++) {
      m[i] += (1 - beta1) * (gradient[i] - m[i]);
      v[i] += (1 - beta2) * (gradient[i] * gradient[i] - v[i]);
      values[i] -= rate * m[i] / (Math.sqrt(v[i]) + epsilon);
    }
  }
}
