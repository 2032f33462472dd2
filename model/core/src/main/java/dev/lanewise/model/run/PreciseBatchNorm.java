package dev.lanewise.model.run;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.data.Batches;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives batch normalisations the mean statistics of many batches under the parameters as they are,
 * in place of moving averages over parameters of before (Wu and Johnson, "Rethinking 'Batch' in
 * BatchNorm", 2021).
 */
final class PreciseBatchNorm {
  private final Map<Parameter, double[]> sums = new LinkedHashMap<>();
  private final Map<Parameter, Double> shares = new HashMap<>();

  PreciseBatchNorm(Network network) {
    Map<String, Double> momentum = new HashMap<>();
    for (LayerInfo layer : network.layerInfos()) {
      if (layer.config() instanceof LayerConfig.BatchNormalization config) {
        momentum.put(layer.name(), config.momentum());
      }
    }
    for (Parameter parameter : network.parameters()) {
      Double kept = momentum.get(parameter.layer());
      if (!parameter.trainable() && !parameter.frozen() && kept != null && kept < 1) {
        sums.put(parameter, new double[parameter.size()]);
        shares.put(parameter, 1 - kept);
      }
    }
  }

  /**
   * Measures the statistics, of each shard by itself as in training.
   *
   * @param batches an epoch that was started, of whole batches
   * @param images least number of images, where the epoch has as many
   * @param part all shards of a batch
   */
  void measure(Batches batches, int images, PassCache passes, BatchPart part) {
    int done = 0;
    for (Batch batch = batches.next(); batch != null && done < images; batch = batches.next()) {
      for (int shard = part.first(); shard < part.end(); shard++) {
        int from = part.from(shard, batch.size());
        int to = part.from(shard + 1, batch.size());
        if (from < to) {
          measure(batch, from, to - from, passes);
        }
      }
      done += batch.size();
    }
    int all = done;
    sums.forEach(
        (parameter, sum) -> {
          float[] values = new float[sum.length];
          for (int i = 0; i < sum.length; i++) {
            values[i] = (float) (sum[i] / all);
          }
          parameter.setValues(values);
        });
  }

  private void measure(Batch batch, int from, int n, PassCache passes) {
    // From zero, a moving average is a known share of the batch's own statistics.
    sums.keySet().forEach(parameter -> parameter.setValues(new float[parameter.size()]));
    TrainingPass pass = passes.training(n);
    Tensor input = pass.input();
    int values = input.shape().size();
    System.arraycopy(batch.images(), from * (values / n), input.data(), input.offset(), values);
    pass.forward(true);
    sums.forEach(
        (parameter, sum) -> {
          float[] measured = parameter.values();
          for (int i = 0; i < sum.length; i++) {
            sum[i] += n * (measured[i] / shares.get(parameter));
          }
        });
  }
}
