package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.ParameterCopy;
import dev.lanewise.model.data.Fingerprint;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What has to be the same in all workers of a training, as each of them makes the same steps by
 * itself.
 */
final class Agreement {
  private Agreement() {}

  /**
   * Compares what this worker has with what the others have.
   *
   * @param facts texts by names, the same names in all workers
   * @throws ModelException in all workers, where something differs
   */
  static void require(WorkerGroup group, Map<String, String> facts) {
    List<String> lines = new ArrayList<>();
    facts.forEach((name, text) -> lines.add(name + "\t" + text.replaceAll("\\R", " ")));
    byte[] own = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    byte[][] all = group.allGather(own);
    String[] first = text(all[0]);
    for (int rank = 1; rank < all.length; rank++) {
      String[] other = text(all[rank]);
      for (int i = 0; i < Math.max(first.length, other.length); i++) {
        String wanted = i < first.length ? first[i] : "";
        String got = i < other.length ? other[i] : "";
        if (!wanted.equals(got)) {
          throw new ModelException(
              "all workers of a training require the same "
                  + name(wanted.isEmpty() ? got : wanted)
                  + ": worker 0 has "
                  + value(wanted)
                  + ", and worker "
                  + rank
                  + " has "
                  + value(got));
        }
      }
    }
  }

  private static String[] text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
  }

  private static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf('\t')));
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf('\t') + 1);
    return value.isEmpty() ? "none" : value;
  }

  /**
   * Returns what decides the steps of a training.
   *
   * @param validation images to evaluate after each epoch; null for none
   */
  static Map<String, String> facts(
      Network network,
      Preprocessing preprocessing,
      Optimizer optimizer,
      Loss loss,
      List<Metric> metrics,
      RunState state,
      ImageDataset train,
      ImageDataset validation) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version of Java", Runtime.version().toString());
    facts.put("processor architecture", System.getProperty("os.arch"));
    facts.put("lanes", Integer.toString(Lanes.LANES));
    facts.put("way of convolutions", String.valueOf(ConvAlgorithm.preferred()));
    facts.put("network", network.name() + " for " + network.inputShape(1));
    facts.put("classes", String.join(", ", train.classNames()));
    facts.put("preprocessing", preprocessing.formula());
    facts.put("loss", loss.name());
    facts.put("metrics", metrics.stream().map(Metric::name).toList().toString());
    facts.put("number of images", Integer.toString(train.size()));
    facts.put("batch size", Integer.toString(state.plan.batchSize()));
    facts.put("seed", Long.toString(state.plan.seed()));
    facts.put("recipe", state.plan.recipe().settings().toString());
    facts.put("optimiser", Optimizers.describe(optimizer));
    facts.put("images", "fingerprint " + Fingerprint.of(train));
    facts.put("test images", validation == null ? "" : "fingerprint " + Fingerprint.of(validation));
    facts.put("epoch", state.epoch + " of " + state.plan.lastEpoch());
    facts.put("batch", Integer.toString(state.batch));
    facts.put("step", Long.toString(optimizer.iterations()));
    facts.put("layers that train", checksum(trained(network)));
    facts.put("weights", checksum(values(network)));
    facts.put("state of the optimiser", checksum(slots(optimizer)));
    facts.put("average of the weights", copy(network, state.average));
    facts.put("best weights", copy(network, state.bestParameters));
    facts.put("figures so far", checksum(List.of(figures(state).getBytes(StandardCharsets.UTF_8))));
    return facts;
  }

  /** Returns what decides how the training ends, and where its rates go. */
  private static String figures(RunState state) {
    StringBuilder text = new StringBuilder();
    state.measured().forEach((name, sums) -> text.append(name).append(Doubles.text(sums)));
    for (BestSoFar best : List.of(state.best, state.stop, state.plateau)) {
      text.append(' ').append(best.figure).append(' ').append(best.epoch);
    }
    return text.append(' ').append(state.reductions).append(' ').append(state.ended).toString();
  }

  private static String copy(Network network, ParameterCopy copy) {
    return copy == null
        ? ""
        : checksum(
            () -> network.parameters().stream().map(copy::values).map(Agreement::bytes).iterator());
  }

  private static List<byte[]> trained(Network network) {
    return network.parameters().stream()
        .map(
            parameter ->
                parameter.layer() + "/" + parameter.name() + (parameter.frozen() ? " frozen" : ""))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static Iterable<byte[]> values(Network network) {
    return () ->
        network.parameters().stream().map(Parameter::values).map(Agreement::bytes).iterator();
  }

  private static Iterable<byte[]> slots(Optimizer optimizer) {
    return () -> optimizer.slots().stream().map(slot -> bytes(slot.values())).iterator();
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    LittleEndian.of(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  private static String checksum(Iterable<byte[]> parts) {
    CRC32C sum = new CRC32C();
    parts.forEach(sum::update);
    return "checksum " + Long.toHexString(sum.getValue());
  }
}
