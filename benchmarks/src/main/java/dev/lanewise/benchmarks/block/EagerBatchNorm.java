package dev.lanewise.benchmarks.block;

import static dev.lanewise.benchmarks.KernelSpecies.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Batch normalisation as passes of its own, on all threads and in vectors, as a good framework that
 * runs one operation at a time has it: forward one pass for the statistics and one that normalises,
 * backward one for the sums and one for the gradient. The number of channels is a multiple of twice
 * the lane count.
 */
final class EagerBatchNorm {
  private static final int LANES = Lanes.LANES;

  private final WorkerPool pool;
  private final int channels;
  private final int pixelsPerTask;
  private final double epsilon;
  private final float[] gamma;
  private final float[] beta;
  private final float[] mean;
  private final float[] invStd;
  private final float[] scale;
  private final float[] shift;
  private final float[] slope;
  private final float[] constant;
  private final double[] total;
  private final double[] total2;

  /** Of the last backward pass. */
  final float[] dGamma;

  final float[] dBeta;

  private final Task statistics = (index, slot) -> statistics(index);
  private final Task normalize = (index, slot) -> normalize(index);
  private final Task gradientSums = (index, slot) -> gradientSums(index);
  private final Task inputGradient = (index, slot) -> inputGradient(index);

  /** Per task and channel. */
  private float[] sums = new float[0];

  private float[] sums2 = new float[0];
  private Tensor src;
  private Tensor y;
  private Tensor dst;

  EagerBatchNorm(WorkerPool pool, float[] gamma, float[] beta, double epsilon) {
    this.pool = pool;
    this.channels = gamma.length;
    this.pixelsPerTask = Math.max(1, Elementwise.VALUES / channels);
    this.epsilon = epsilon;
    this.gamma = gamma;
    this.beta = beta;
    this.mean = new float[channels];
    this.invStd = new float[channels];
    this.scale = new float[channels];
    this.shift = new float[channels];
    this.slope = new float[channels];
    this.constant = new float[channels];
    this.total = new double[channels];
    this.total2 = new double[channels];
    this.dGamma = new float[channels];
    this.dBeta = new float[channels];
  }

  private int tasks() {
    return Math.ceilDiv(y.shape().pixels(), pixelsPerTask);
  }

  private int rows(int index) {
    return Math.min(pixelsPerTask, y.shape().pixels() - index * pixelsPerTask);
  }

  private int at(Tensor tensor, int index) {
    return tensor.offset() + index * pixelsPerTask * channels;
  }

  private void begin(Tensor src, Tensor y, Tensor dst) {
    this.src = src;
    this.y = y;
    this.dst = dst;
    if (sums.length < tasks() * channels) {
      sums = new float[tasks() * channels];
      sums2 = new float[tasks() * channels];
    }
    Arrays.fill(total, 0);
    Arrays.fill(total2, 0);
  }

  /** z = bn(y), by the batch's statistics. */
  void forward(Tensor y, Tensor z) {
    begin(y, y, z);
    pool.run(tasks(), statistics);
    double count = 0;
    for (int task = 0; task < tasks(); task++) {
      double added = rows(task);
      double both = count + added;
      for (int c = 0; c < channels; c++) {
        double delta = sums[task * channels + c] - total[c];
        total[c] += delta * added / both;
        total2[c] += sums2[task * channels + c] + delta * delta * count * added / both;
      }
      count = both;
    }
    for (int c = 0; c < channels; c++) {
      double inv = 1 / Math.sqrt(total2[c] / count + epsilon);
      mean[c] = (float) total[c];
      invStd[c] = (float) inv;
      scale[c] = (float) (gamma[c] * inv);
      shift[c] = (float) (beta[c] - total[c] * gamma[c] * inv);
    }
    pool.run(tasks(), normalize);
  }

  /** Mean and squared deviations of a task's pixels, which stay in cache for the second walk. */
  private void statistics(int index) {
    float[] data = y.data();
    int rows = rows(index);
    for (int c = 0; c < channels; c += 2 * LANES) {
      int from = at(y, index) + c;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      for (int r = 0; r < rows; r++) {
        a = a.add(FloatVector.fromArray(SPECIES, data, from + r * channels));
        b = b.add(FloatVector.fromArray(SPECIES, data, from + r * channels + LANES));
      }
      FloatVector meanA = a.div((float) rows);
      FloatVector meanB = b.div((float) rows);
      a = FloatVector.zero(SPECIES);
      b = a;
      for (int r = 0; r < rows; r++) {
        FloatVector u = FloatVector.fromArray(SPECIES, data, from + r * channels).sub(meanA);
        FloatVector v =
            FloatVector.fromArray(SPECIES, data, from + r * channels + LANES).sub(meanB);
        a = u.fma(u, a);
        b = v.fma(v, b);
      }
      int to = index * channels + c;
      meanA.intoArray(sums, to);
      meanB.intoArray(sums, to + LANES);
      a.intoArray(sums2, to);
      b.intoArray(sums2, to + LANES);
    }
  }

  private void normalize(int index) {
    int from = at(y, index);
    int to = at(dst, index);
    for (int r = 0; r < rows(index); r++) {
      for (int c = 0; c < channels; c += LANES) {
        FloatVector.fromArray(SPECIES, y.data(), from + r * channels + c)
            .fma(FloatVector.fromArray(SPECIES, scale, c), FloatVector.fromArray(SPECIES, shift, c))
            .intoArray(dst.data(), to + r * channels + c);
      }
    }
  }

  /**
   * dy = the gradient of forward's y from dz, that of its z, and dgamma and dbeta; dy may be dz.
   */
  void backward(Tensor dz, Tensor y, Tensor dy) {
    begin(dz, y, dy);
    pool.run(tasks(), gradientSums);
    for (int task = 0; task < tasks(); task++) {
      for (int c = 0; c < channels; c++) {
        total[c] += sums[task * channels + c];
        total2[c] += sums2[task * channels + c];
      }
    }
    double count = y.shape().pixels();
    for (int c = 0; c < channels; c++) {
      double g = total2[c] * invStd[c];
      dBeta[c] = (float) total[c];
      dGamma[c] = (float) g;
      slope[c] = (float) (-g * invStd[c] / count * scale[c]);
      constant[c] = (float) (-total[c] / count * scale[c]);
    }
    pool.run(tasks(), inputGradient);
  }

  private void gradientSums(int index) {
    int rows = rows(index);
    for (int c = 0; c < channels; c += 2 * LANES) {
      int d = at(src, index) + c;
      int v = at(y, index) + c;
      FloatVector meanA = FloatVector.fromArray(SPECIES, mean, c);
      FloatVector meanB = FloatVector.fromArray(SPECIES, mean, c + LANES);
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector productA = a;
      FloatVector productB = a;
      for (int r = 0; r < rows; r++, d += channels, v += channels) {
        FloatVector dA = FloatVector.fromArray(SPECIES, src.data(), d);
        FloatVector dB = FloatVector.fromArray(SPECIES, src.data(), d + LANES);
        FloatVector yA = FloatVector.fromArray(SPECIES, y.data(), v);
        FloatVector yB = FloatVector.fromArray(SPECIES, y.data(), v + LANES);
        a = a.add(dA);
        b = b.add(dB);
        productA = yA.sub(meanA).fma(dA, productA);
        productB = yB.sub(meanB).fma(dB, productB);
      }
      int to = index * channels + c;
      a.intoArray(sums, to);
      b.intoArray(sums, to + LANES);
      productA.intoArray(sums2, to);
      productB.intoArray(sums2, to + LANES);
    }
  }

  private void inputGradient(int index) {
    for (int r = 0; r < rows(index); r++) {
      for (int c = 0; c < channels; c += LANES) {
        int i = r * channels + c;
        FloatVector k = FloatVector.fromArray(SPECIES, slope, c);
        FloatVector g =
            FloatVector.fromArray(SPECIES, src.data(), at(src, index) + i)
                .fma(
                    FloatVector.fromArray(SPECIES, scale, c),
                    FloatVector.fromArray(SPECIES, constant, c));
        FloatVector.fromArray(SPECIES, y.data(), at(y, index) + i)
            .sub(FloatVector.fromArray(SPECIES, mean, c))
            .fma(k, g)
            .intoArray(dst.data(), at(dst, index) + i);
      }
    }
  }
}
