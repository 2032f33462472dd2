package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.model.network.KerasResNet50V2Network;
import dev.lanewise.model.plot.SummaryTable;
import dev.lanewise.model.run.LayerPatterns;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.AllocatedBytes;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Sgd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of which layers are frozen: what trains, what stays, and what is not computed. */
class FreezingTest {
  private static final int BATCH = 6;
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2};

  /** Frozen layers: nothing, all but the head, a prefix, holes, single layers. */
  private static final String NOTHING = "";

  private static final String ALL_BUT_HEAD = "conv1,bn_conv1,res*,bn*";
  private static final String PREFIX = "conv1,bn_conv1,res2a*,bn2a*";
  private static final String HOLE = "res2b*,bn2b*";
  private static final String PROJECTION = "res3a_branch1,bn3a_branch1";
  private static final String NORMS = "bn*";
  private static final String ONE_NORM = "bn2b_branch2a";
  private static final String BEFORE_BIAS = "bn_conv1,bn2a_branch1";
  private static final String HEAD = "fc*";
  private static final String CONVS = "conv1,res*";

  private static NetworkOptions options(WorkerPool pool) {
    return new NetworkOptions(12, 12, 3, 5, null, pool);
  }

  /** Returns a network whose arrays are all random: no gradient is zero by chance. */
  private static Network filled(NetworkFactory factory, WorkerPool pool) {
    Network network = factory.create(options(pool));
    SplittableRandom random = new SplittableRandom(3);
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.values();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) random.nextDouble(0, 0.3);
      }
      parameter.setValues(values);
    }
    return network;
  }

  /** A forward and backward pass that has run. */
  private record Run(Network network, TrainingPass pass, double loss) {}

  private static Run run(Network network, int seed) {
    return run(network, network.newMemory(), seed);
  }

  private static Run run(Network network, PassMemory memory, int seed) {
    TrainingPass pass = network.trainingPass(BATCH, memory);
    Tensor input = pass.input();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = (float) random.nextDouble();
    }
    return new Run(network, pass, pass.forwardBackward(LABELS));
  }

  private static Predicate<String> frozen(Network network, String patterns) {
    return patterns.isEmpty()
        ? name -> false
        : LayerPatterns.choose(network, List.of(patterns.split(",")))::contains;
  }

  private static String path(Parameter parameter) {
    return parameter.layer() + "/" + parameter.name();
  }

  private static Map<String, float[]> gradients(Run run) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : run.network().parameters()) {
      if (parameter.trainable() && !parameter.frozen()) {
        gradients.put(path(parameter), run.pass().gradient(parameter));
      }
    }
    return gradients;
  }

  private static Map<String, float[]> values(Network network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    network.parameters().forEach(parameter -> values.put(path(parameter), parameter.values()));
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NOTHING,
        ALL_BUT_HEAD,
        PREFIX,
        HOLE,
        PROJECTION,
        NORMS,
        ONE_NORM,
        BEFORE_BIAS,
        HEAD,
        CONVS
      })
  void gradientsAreThoseOfTheNetworkThatIsNotFrozen(String patterns) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network whole = filled(TinyMovingNetwork::new, pool);
      Run wanted = run(whole, 1);
      Network moving = filled(TinyMovingNetwork::new, pool);
      moving.freeze(frozen(moving, patterns));
      assertSubset(run(moving, 1), wanted);

      // With all normalisations frozen, the phase makes no difference.
      Network byPhase = filled(TinyNetwork::new, pool);
      byPhase.freeze(frozen(byPhase, NORMS).or(frozen(byPhase, patterns)));
      assertSubset(run(byPhase, 1), wanted);
    }
  }

  @Test
  void frozenConvolutionsChangeNoOtherGradient() {
    try (WorkerPool pool = new WorkerPool(1)) {
      Network whole = filled(TinyNetwork::new, pool);
      Run wanted = run(whole, 1);
      for (String patterns : List.of(CONVS, HEAD, "res2b*", "conv1", "res3a_branch2b,fc*")) {
        Network network = filled(TinyNetwork::new, pool);
        network.freeze(frozen(network, patterns));
        assertSubset(run(network, 1), wanted);
      }
    }
  }

  /** Its projections have no normalisation: they read the gradient of the sum itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d_10",
        "conv2d_1,batch_normalization_1",
        "*,!dense*",
        "*,!*_2?",
        "*,!conv2d_17"
      })
  void projectionsWithoutNormalisationFreezeToo(String patterns) {
    try (WorkerPool pool = new WorkerPool(2)) {
      NetworkOptions options = new NetworkOptions(32, 32, 3, 5, null, pool);
      Network whole = new CifarResNet20Network(options);
      whole.freeze(frozen(whole, "batch_normalization_*"));
      Run wanted = run(whole, 1);
      Network network = new CifarResNet20Network(options);
      network.freeze(frozen(network, "batch_normalization_*").or(frozen(network, patterns)));
      Run got = run(network, 1);
      assertThat(gradients(got)).isNotEmpty();
      assertSubset(got, wanted);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*,!predictions", "conv[1-3]*", "conv3_block2*,conv4_block1_0_conv"})
  void preActivatedBlocksFreezeToo(String patterns) {
    try (WorkerPool pool = new WorkerPool(2)) {
      NetworkOptions options = new NetworkOptions(32, 32, 3, 5, null, pool);
      Network network = new KerasResNet50V2Network(options);
      network.freeze(frozen(network, "*_bn"));
      Run wanted = run(network, 1);
      Map<String, float[]> gradients = gradients(wanted);
      network.freeze(frozen(network, "*_bn").or(frozen(network, patterns)));
      Run got = run(network, 1);
      assertThat(got.loss()).isEqualTo(wanted.loss());
      assertThat(gradients(got)).isNotEmpty();
      assertSubset(gradients(got), gradients);
    }
  }

  private static void assertSubset(Run got, Run wanted) {
    assertThat(got.loss()).isEqualTo(wanted.loss());
    assertSubset(gradients(got), gradients(wanted));
  }

  private static void assertSubset(Map<String, float[]> got, Map<String, float[]> wanted) {
    got.forEach((path, gradient) -> assertThat(gradient).as(path).isEqualTo(wanted.get(path)));
  }

  /** Some normalise by the batch, some do not: the loss itself tells the gradient. */
  @ParameterizedTest
  @ValueSource(strings = {PREFIX, HOLE, ONE_NORM, BEFORE_BIAS})
  void gradientsAreThoseOfTheLoss(String patterns) {
    try (WorkerPool pool = new WorkerPool(1)) {
      Network network = filled(TinyNetwork::new, pool);
      network.freeze(frozen(network, patterns));
      Map<String, float[]> gradients = gradients(run(network, 1));
      double scale = 1e-3;
      for (Parameter parameter : network.parameters()) {
        float[] gradient = gradients.get(path(parameter));
        if (gradient == null) {
          continue;
        }
        // Along the gradient itself, from both sides.
        double length = 0;
        for (float g : gradient) {
          length += (double) g * g;
        }
        length = Math.sqrt(length);
        if (length < 0.05) {
          continue;
        }
        float[] before = parameter.values();
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = before.clone();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) ((2 * side - 1) * scale * gradient[i] / length);
          }
          parameter.setValues(moved);
          losses[side] = run(network, 1).loss();
        }
        parameter.setValues(before);
        assertThat((losses[1] - losses[0]) / (2 * scale))
            .as(path(parameter))
            .isCloseTo(length, within(0.02 * length + 1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL_BUT_HEAD, PREFIX, HOLE, PROJECTION, NORMS, ONE_NORM, HEAD})
  void frozenParametersAndStatisticsStayAndOthersMove(String patterns) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = filled(TinyNetwork::new, pool);
      Predicate<String> frozen = frozen(network, patterns);
      network.freeze(frozen);
      Map<String, float[]> before = values(network);
      Adam adam = new Adam(1e-2).withWeightDecay(0.1);
      TrainingPass pass = null;
      for (int step = 0; step < 3; step++) {
        pass = run(network, step).pass();
        pass.update(adam);
      }
      Map<String, float[]> after = values(network);
      for (Parameter parameter : network.parameters()) {
        String path = path(parameter);
        boolean same = Arrays.equals(before.get(path), after.get(path));
        boolean still = frozen.test(parameter.layer()) || isNeverMoved(pass, parameter);
        assertThat(same).as(path).isEqualTo(still);
      }
    }
  }

  /** Batch statistics take a bias out again, so that it has no gradient; nor does it decay. */
  private static boolean isNeverMoved(TrainingPass pass, Parameter parameter) {
    if (!parameter.name().equals("bias")) {
      return false;
    }
    for (float value : pass.gradient(parameter)) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void gradientsOfFrozenLayersAreNotFormed() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = filled(TinyNetwork::new, pool);
      PassMemory memory = network.newMemory();
      Map<String, float[]> first = gradients(run(network, memory, 1));
      network.freeze(frozen(network, ALL_BUT_HEAD));
      Run second = run(network, memory, 2);
      network.freeze(name -> false);
      gradients(second)
          .forEach(
              (path, gradient) ->
                  assertThat(Arrays.equals(gradient, first.get(path)))
                      .as(path)
                      .isEqualTo(!path.startsWith("fc")));
    }
  }

  @Test
  void frozenNetworkHasTheSameBitsOnAnyNumberOfThreads() {
    for (String patterns : List.of(ALL_BUT_HEAD, HOLE, BEFORE_BIAS)) {
      Map<String, float[]> wanted = null;
      for (int threads = 1; threads <= 3; threads++) {
        try (WorkerPool pool = new WorkerPool(threads)) {
          Network network = filled(TinyNetwork::new, pool);
          network.freeze(frozen(network, patterns));
          network.setRateFactors(layer -> layer.startsWith("fc") ? 10 : 1);
          Adam adam = new Adam(1e-3);
          for (int step = 0; step < 3; step++) {
            run(network, step).pass().update(adam);
          }
          Map<String, float[]> got = values(network);
          if (wanted == null) {
            wanted = got;
          }
          assertSubset(got, wanted);
        }
      }
    }
  }

  @Test
  void rateFactorsMultiplyTheChange() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network plain = filled(TinyNetwork::new, pool);
      Network factored = filled(TinyNetwork::new, pool);
      factored.setRateFactors(
          layer -> layer.startsWith("fc") ? 4 : layer.equals("conv1") ? 0.5 : 1);
      Map<String, float[]> before = values(plain);
      for (Network network : List.of(plain, factored)) {
        run(network, 1).pass().update(new Sgd(0.25));
      }
      for (Parameter parameter : plain.parameters()) {
        double factor =
            switch (parameter.layer()) {
              case "fc3" -> 4;
              case "conv1" -> parameter.trainable() ? 0.5 : 1;
              default -> 1;
            };
        String path = path(parameter);
        for (int i = 0; i < parameter.size(); i++) {
          float start = before.get(path)[i];
          double change = values(plain).get(path)[i] - (double) start;
          assertThat(values(factored).get(path)[i] - (double) start)
              .as(path)
              .isCloseTo(change * factor, within(1e-6));
        }
      }
    }
  }

  @Test
  void describesFrozenParametersAsNotTrainable() {
    try (WorkerPool pool = new WorkerPool(1)) {
      Network network = filled(TinyNetwork::new, pool);
      long all = network.parameters().stream().mapToLong(Parameter::size).sum();
      network.freeze(frozen(network, ALL_BUT_HEAD));
      List<LayerInfo> layers = network.layerInfos();
      assertThat(layers.stream().mapToLong(LayerInfo::trainable).sum()).isEqualTo(20 * 3 + 3);
      assertThat(layers.stream().mapToLong(l -> l.trainable() + l.nonTrainable()).sum())
          .isEqualTo(all);
      assertThat(SummaryTable.of("Tiny", layers, Integer.MAX_VALUE))
          .contains(String.format(Locale.ROOT, "Total params: %,d", all))
          .contains("Trainable params: 63")
          .contains(String.format(Locale.ROOT, "Non-trainable params: %,d", all - 63));
      network.freeze(name -> false);
      assertThat(network.layerInfos().stream().filter(l -> l.trainable() > 0).map(LayerInfo::name))
          .containsAll(Set.of("conv1", "bn_conv1", "fc3"));
    }
  }

  @Test
  void stepOfAFrozenNetworkAllocatesNothing() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = filled(TinyNetwork::new, pool);
      network.freeze(frozen(network, "bn*,res2a*"));
      network.setRateFactors(layer -> layer.startsWith("fc") ? 10 : 1);
      Adam adam = new Adam(1e-3);
      TrainingPass pass = run(network, 1).pass();
      long bytes =
          AllocatedBytes.leastOf(
              4000,
              () -> {
                pass.input();
                pass.forwardBackward(LABELS);
                pass.update(adam);
              });
      assertThat(bytes).isLessThan(500);
    }
  }
}
