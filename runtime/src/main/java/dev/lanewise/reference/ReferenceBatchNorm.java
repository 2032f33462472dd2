package dev.lanewise.reference;

/**
 * Batch normalisation over N, H and W (Ioffe and Szegedy, "Batch Normalization", 2015) with Keras's
 * conventions: the population variance, epsilon inside the root, and a momentum that weighs the old
 * moving value.
 */
public final class ReferenceBatchNorm {
  private ReferenceBatchNorm() {}

  /**
   * What forward in training mode gives.
   *
   * @param dst the normalised activation, shaped as the input
   * @param mean [C], of the batch
   * @param variance [C], population variance of the batch
   */
  public record Result(ReferenceTensor dst, double[] mean, double[] variance) {}

  /**
   * What backward gives.
   *
   * @param dSrc gradient of the input, shaped as it
   * @param dGamma [C]
   * @param dBeta [C]
   */
  public record Gradients(ReferenceTensor dSrc, double[] dGamma, double[] dBeta) {}

  /**
   * Normalises by the batch's own statistics: training mode.
   *
   * @param src [N,H,W,C]
   * @param gamma [C]
   * @param beta [C]
   * @param epsilon added to the variance
   * @return the result, with the statistics that made it
   */
  public static Result forward(ReferenceTensor src, double[] gamma, double[] beta, double epsilon) {
    int channels = src.shape().c();
    int m = src.shape().pixels();
    double[] mean = new double[channels];
    for (int i = 0; i < src.data().length; i++) {
      mean[src.channel(i)] += src.data()[i] / m;
    }
    double[] variance = new double[channels];
    for (int i = 0; i < src.data().length; i++) {
      double distance = src.data()[i] - mean[src.channel(i)];
      variance[src.channel(i)] += distance * distance / m;
    }
    return new Result(infer(src, gamma, beta, mean, variance, epsilon), mean, variance);
  }

  /**
   * {@return the gradients of training mode, where mean and variance depend on the input}
   *
   * @param src what forward read
   * @param dDst gradient of forward's result
   * @param gamma [C]
   * @param result what forward gave
   * @param epsilon added to the variance
   */
  public static Gradients backward(
      ReferenceTensor src, ReferenceTensor dDst, double[] gamma, Result result, double epsilon) {
    Gradients direct = backwardFrozen(src, dDst, gamma, result.mean(), result.variance(), epsilon);
    int m = src.shape().pixels();
    double[] dSrc = direct.dSrc().data();
    for (int i = 0; i < dSrc.length; i++) {
      int c = src.channel(i);
      double invStd = 1 / Math.sqrt(result.variance()[c] + epsilon);
      double xhat = (src.data()[i] - result.mean()[c]) * invStd;
      dSrc[i] -= gamma[c] * invStd * (direct.dBeta()[c] + xhat * direct.dGamma()[c]) / m;
    }
    return direct;
  }

  /**
   * Normalises by given statistics: inference mode, or training with frozen statistics.
   *
   * @param src [N,H,W,C]
   * @param gamma [C]
   * @param beta [C]
   * @param mean [C]
   * @param variance [C], population variance
   * @param epsilon added to the variance
   * @return the normalised activation, of src's shape
   */
  public static ReferenceTensor infer(
      ReferenceTensor src,
      double[] gamma,
      double[] beta,
      double[] mean,
      double[] variance,
      double epsilon) {
    ReferenceTensor dst = ReferenceTensor.zeros(src.shape());
    for (int i = 0; i < src.data().length; i++) {
      int c = src.channel(i);
      double xhat = (src.data()[i] - mean[c]) / Math.sqrt(variance[c] + epsilon);
      dst.data()[i] = gamma[c] * xhat + beta[c];
    }
    return dst;
  }

  /**
   * {@return the gradients of {@link #infer}, where mean and variance are constants}
   *
   * @param src what infer read
   * @param dDst gradient of infer's result
   * @param gamma [C]
   * @param mean [C]
   * @param variance [C], population variance
   * @param epsilon added to the variance
   */
  public static Gradients backwardFrozen(
      ReferenceTensor src,
      ReferenceTensor dDst,
      double[] gamma,
      double[] mean,
      double[] variance,
      double epsilon) {
    ReferenceTensor dSrc = ReferenceTensor.zeros(src.shape());
    double[] dGamma = new double[gamma.length];
    double[] dBeta = new double[gamma.length];
    for (int i = 0; i < src.data().length; i++) {
      int c = src.channel(i);
      double invStd = 1 / Math.sqrt(variance[c] + epsilon);
      double xhat = (src.data()[i] - mean[c]) * invStd;
      dGamma[c] += dDst.data()[i] * xhat;
      dBeta[c] += dDst.data()[i];
      dSrc.data()[i] = dDst.data()[i] * gamma[c] * invStd;
    }
    return new Gradients(dSrc, dGamma, dBeta);
  }

  /**
   * {@return a moving statistic after a batch: moving * momentum + batch * (1 - momentum)}
   *
   * @param moving [C], moving mean or moving variance
   * @param batch [C], the batch's mean or population variance
   * @param momentum weight of the old value
   */
  public static double[] moved(double[] moving, double[] batch, double momentum) {
    double[] moved = new double[moving.length];
    for (int c = 0; c < moved.length; c++) {
      moved[c] = moving[c] * momentum + batch[c] * (1 - momentum);
    }
    return moved;
  }
}
