package dev.lanewise.model.run;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.Batch;
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
   * Measures the statistics.
   *
   * @param batches an epoch that was started
   * @param images least number of images, where the epoch has as many
   */
  void measure(Batches batches, int images, PassCache passes) {
    int done = 0;
    for (Batch batch = batches.next(); batch != null && done < images; batch = batches.next()) {
      // From zero, a moving average is a known share of the batch's own statistics.
      sums.keySet().forEach(parameter -> parameter.setValues(new float[parameter.size()]));
      TrainingPass pass = passes.training(batch.size());
      Tensor input = pass.input();
      System.arraycopy(batch.images(), 0, input.data(), input.offset(), input.shape().size());
      pass.forward(true);
      int n = batch.size();
      sums.forEach(
          (parameter, sum) -> {
            float[] values = parameter.values();
            for (int i = 0; i < sum.length; i++) {
              sum[i] += n * (values[i] / shares.get(parameter));
            }
          });
      done += n;
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
}
