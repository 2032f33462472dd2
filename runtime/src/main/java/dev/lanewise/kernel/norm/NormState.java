package dev.lanewise.kernel.norm;

import dev.lanewise.kernel.SharedStatistics;
import java.util.Arrays;

/**
 * The numbers of one batch normalisation (Ioffe and Szegedy 2015) as kernels want them: one scale
 * and shift per channel forward, three coefficients per channel backward, and the sums of which
 * both are made.
 *
 * <p>Sums come in chunks from epilogues and passes, and are merged here in double and in the order
 * of the chunks.
 */
public final class NormState {
  final int channels;

  /** Mean of each channel. */
  final float[] mean;

  /** 1 / sqrt(variance + epsilon). */
  final float[] invStd;

  /** gamma * invStd * gain. */
  public final float[] scale;

  /** (beta - mean * gamma * invStd) * gain. */
  public final float[] shift;

  /** Factor of (y - mean) in the gradient of y. */
  final float[] slope;

  /** What is added to each gradient of y. */
  final float[] constant;

  /** Per chunk and channel: means, or sums of dz. */
  float[] sums = new float[0];

  /** Per chunk and channel: sums of squared deviations, or of dz * (y - mean). */
  float[] sums2 = new float[0];

  /** Rows of each chunk. */
  int[] counts = new int[0];

  private final double[] total;
  private final double[] total2;

  /** Number of values, {@link #total} and {@link #total2} of this shard of the batch. */
  private double[] own = {};

  /** What makes the statistics those of all shards; null where the batch is whole. */
  private SharedStatistics shards;

  private int chunks;

  /** M: the number of values per channel of which the statistics were made. */
  private double values;

  /** Whether the statistics are the batch's. */
  private boolean batch;

  /** What the normalised values are multiplied by after scale and shift. */
  private double gain = 1;

  /** Makes room for a number of channels. */
  public NormState(int channels) {
    this.channels = channels;
    this.mean = new float[channels];
    this.invStd = new float[channels];
    this.scale = new float[channels];
    this.shift = new float[channels];
    this.slope = new float[channels];
    this.constant = new float[channels];
    this.total = new double[channels];
    this.total2 = new double[channels];
  }

  /**
   * {@return a normalisation that changes nothing, whose sums are those of a bias}
   *
   * @param channels number of channels
   */
  public static NormState identity(int channels) {
    NormState norm = new NormState(channels);
    Arrays.fill(norm.invStd, 1);
    Arrays.fill(norm.scale, 1);
    return norm;
  }

  /**
   * Multiplies what the normalisation puts out, and so its gradients, until another gain is set.
   *
   * @param gain 1 for a plain normalisation; comes before its statistics are finished
   */
  public void setGain(double gain) {
    this.gain = gain;
  }

  /**
   * Makes the statistics those of all shards of a batch, of which this process of computing is one.
   *
   * @param shards what they tell each other; null where the batch is whole
   */
  public void setShards(SharedStatistics shards) {
    this.shards = shards;
  }

  /** Makes room for the sums of a number of chunks. */
  void beginSums(int chunks) {
    this.chunks = chunks;
    if (counts.length < chunks) {
      counts = new int[chunks];
      sums = new float[chunks * channels];
      sums2 = new float[chunks * channels];
    }
  }

  /**
   * Merges the chunks' statistics into mean and population variance (Chan, Golub and LeVeque 1979),
   * and makes scale and shift.
   *
   * @param gamma values from index gammaAt on
   * @param beta values from index betaAt on
   * @param variance receives the variance
   */
  public void finishStatistics(
      float[] gamma, int gammaAt, float[] beta, int betaAt, double epsilon, float[] variance) {
    Arrays.fill(total, 0);
    Arrays.fill(total2, 0);
    double count = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      double added = counts[chunk];
      double both = count + added;
      merge(chunk * channels, added / both, count * added / both);
      count = both;
    }
    if (shards != null) {
      count = mergeShards(count);
    }
    for (int c = 0; c < channels; c++) {
      double v = total2[c] / count;
      variance[c] = (float) v;
      normalize(c, total[c], v + epsilon, gamma[gammaAt + c], beta[betaAt + c]);
    }
    values = count;
    batch = true;
  }

  private void merge(int at, double weight, double product) {
    for (int c = 0; c < channels; c++) {
      double delta = sums[at + c] - total[c];
      total[c] += delta * weight;
      total2[c] += sums2[at + c] + delta * delta * product;
    }
  }

  /** Merges the statistics of all shards as those of chunks; returns how many values there are. */
  private double mergeShards(double ownCount) {
    double[][] all = shards.ofAll(own(ownCount));
    Arrays.fill(total, 0);
    Arrays.fill(total2, 0);
    double count = 0;
    for (double[] shard : all) {
      double added = shard[0];
      double both = count + added;
      for (int c = 0; c < channels; c++) {
        double delta = shard[1 + c] - total[c];
        total[c] += delta * (added / both);
        total2[c] += shard[1 + channels + c] + delta * delta * (count * added / both);
      }
      count = both;
    }
    return count;
  }

  private double[] own(double count) {
    if (own.length == 0) {
      own = new double[1 + 2 * channels];
    }
    own[0] = count;
    System.arraycopy(total, 0, own, 1, channels);
    System.arraycopy(total2, 0, own, 1 + channels, channels);
    return own;
  }

  private void normalize(int c, double m, double varianceEpsilon, float gamma, float beta) {
    double inv = 1 / Math.sqrt(varianceEpsilon);
    double s = gamma * inv;
    mean[c] = (float) m;
    invStd[c] = (float) inv;
    scale[c] = (float) (s * gain);
    shift[c] = (float) ((beta - m * s) * gain);
  }

  /** Makes scale and shift from stored statistics. */
  public void useStatistics(
      float[] gamma,
      int gammaAt,
      float[] beta,
      int betaAt,
      double epsilon,
      float[] means,
      int meansAt,
      float[] variances,
      int variancesAt) {
    for (int c = 0; c < channels; c++) {
      normalize(
          c,
          means[meansAt + c],
          variances[variancesAt + c] + epsilon,
          gamma[gammaAt + c],
          beta[betaAt + c]);
    }
    batch = false;
  }

  /** Returns the mean of a channel. */
  public float mean(int channel) {
    return mean[channel];
  }

  /**
   * Merges the chunks' sums into dbeta and dgamma, and makes the coefficients of the gradient of y.
   *
   * <p>Where the statistics were the batch's they depend on y; stored ones do not. Of several
   * shards, each has its part of dbeta and dgamma, while y's gradient depends on all of them.
   */
  public void finishGradients(float[] dGamma, int dGammaAt, float[] dBeta, int dBetaAt) {
    finishSums();
    for (int c = 0; c < channels; c++) {
      dBeta[dBetaAt + c] = (float) (total[c] * gain);
      dGamma[dGammaAt + c] = (float) (total2[c] * invStd[c] * gain);
    }
    if (batch && shards != null) {
      addShards();
    }
    for (int c = 0; c < channels; c++) {
      double gamma = total2[c] * invStd[c];
      slope[c] = batch ? (float) (-gamma * invStd[c] / values * scale[c]) : 0;
      constant[c] = batch ? (float) (-total[c] / values * scale[c]) : 0;
    }
  }

  private void addShards() {
    double[][] all = shards.ofAll(own(0));
    Arrays.fill(total, 0);
    Arrays.fill(total2, 0);
    for (double[] shard : all) {
      for (int c = 0; c < channels; c++) {
        total[c] += shard[1 + c];
        total2[c] += shard[1 + channels + c];
      }
    }
  }

  /**
   * Writes the gradient of a bias that was added to y: the sum of the gradient of y. It is exactly
   * zero where the batch's mean, which the bias shifts too, is subtracted. Comes after {@link
   * #finishGradients} or {@link #finishSums}.
   *
   * @param dBias receives a value for each channel, from index at on
   */
  public void biasGradient(float[] dBias, int at) {
    for (int c = 0; c < channels; c++) {
      dBias[at + c] = batch ? 0 : (float) (total[c] * scale[c]);
    }
  }

  /** Merges the chunks' sums, which is all that a bias by itself needs. */
  public void finishSums() {
    Arrays.fill(total, 0);
    Arrays.fill(total2, 0);
    for (int chunk = 0; chunk < chunks; chunk++) {
      addUp(chunk * channels);
    }
  }

  private void addUp(int at) {
    for (int c = 0; c < channels; c++) {
      total[c] += sums[at + c];
      total2[c] += sums2[at + c];
    }
  }
}
