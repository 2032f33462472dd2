package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceSoftmax;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Values;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The whole network against Keras in float64: the tutorials' ResNet50 at an eighth of its width,
 * ten steps of twelve images.
 *
 * <p>Batch normalisation over few values makes the trajectory chaotic: Keras's own float32 run
 * leaves its float64 run by several percent from step 4 on. So each step begins where the plain
 * double operations stand, which {@link ReferenceNetworkTest} holds to Keras.
 */
class KerasGoldenTest {
  private static final String SGD = "resnet50_eighth_width_sgd.h5";
  private static final int BATCH = 12;
  private static final int STEPS = 10;

  /** Bound of the first loss, relative. */
  private static final double LOSS = 2e-5;

  /** Bound of block outputs and probabilities in training, as part of the largest value. */
  private static final double OUTPUT = 2e-4;

  /** Bound of a gradient's error, as part of the gradient, both as root of mean squares. */
  private static final double GRADIENT = 2e-2;

  /** Bound of the losses of all ten steps, relative. */
  private static final double LATER_LOSS = 5e-5;

  /**
   * Bound of all ten steps' gradients, and of how far they take a parameter: single normalisations
   * magnify rounding to a tenth.
   */
  private static final double LATER = 0.25;

  /** Bound of moving statistics, as part of the largest value. */
  private static final double MOVING = 1e-5;

  private static final int PIXELS = 64 * 64 * 3;
  private static final List<String> BLOCKS =
      List.of(
          "2a", "2b", "2c", "3a", "3b", "3c", "3d", "4a", "4b", "4c", "4d", "4e", "4f", "5a", "5b",
          "5c");

  private final WorkerPool pool = new WorkerPool(2);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void firstStepMatches() {
    try (Golden golden = Golden.open(SGD)) {
      EighthResNet50Network network = network(golden);
      TrainingPass pass = network.trainingPass(BATCH);
      double loss = step(pass, golden, 0);
      assertThat(loss).isCloseTo(golden.doubles("losses")[0], within(LOSS * loss));
      Values.assertClose(
          "probabilities", pass.outputs().toArray(), golden.doubles("step1/probabilities"), OUTPUT);
      for (Parameter parameter : network.parameters()) {
        String path = parameter.layer() + "/" + parameter.name();
        if (!parameter.trainable()) {
          double[] wanted = golden.doubles("step1/" + parameter.name() + "/" + parameter.layer());
          Values.assertClose(path, parameter.values(), wanted, MOVING);
        } else if (isBiasBeforeNorm(parameter)) {
          assertThat(pass.gradient(parameter)).as(path).containsOnly(0f);
        } else {
          double[] wanted = golden.doubles("step1/gradient/" + path);
          assertNear(path, pass.gradient(parameter), wanted, GRADIENT);
        }
      }
    }
  }

  @Test
  void blockOutputsMatch() {
    try (Golden golden = Golden.open(SGD)) {
      EighthResNet50Network network = network(golden);
      TrainingPass pass = network.trainingPass(BATCH);
      fill(pass.input(), golden, 0);
      pass.forward(false);
      checkBlocks(pass, golden, "inference/block_output/", 2e-6);
      pass.forward(true);
      checkBlocks(pass, golden, "step1/block_output/", OUTPUT);
    }
  }

  private static void checkBlocks(TrainingPass pass, Golden golden, String path, double bound) {
    List<Tensor> outputs = pass.blockOutputs();
    assertThat(outputs).hasSize(BLOCKS.size() + 2);
    for (int i = 0; i < BLOCKS.size(); i++) {
      String block = path + BLOCKS.get(i);
      Values.assertClose(block, outputs.get(i + 1).toArray(), golden.doubles(block), bound);
    }
  }

  @Test
  void inferenceMatches() {
    try (Golden golden = Golden.open(SGD)) {
      EighthResNet50Network network = network(golden);
      double[] wanted = golden.doubles("inference/probabilities");
      Values.assertClose("probabilities", infer(network, golden), wanted, 2e-6);
    }
  }

  @Test
  void sgdFollowsKeras() {
    follow(new Sgd(5e-4).withMomentum(0.9), (parameter, step) -> parameter.sgd(5e-4, 0.9));
  }

  @Test
  void adamFollowsKeras() {
    follow(
        new Adam(5e-5).withEpsilon(1e-3),
        (parameter, step) -> parameter.adam(step, 5e-5, 0.9, 0.999, 1e-3));
  }

  /**
   * Takes ten steps, each from where the plain double operations stand: compares loss, gradients,
   * how far the optimiser goes, and the moving statistics.
   */
  private void follow(Optimizer optimizer, ReferenceNetworkTest.Update update) {
    try (Golden golden = Golden.open(SGD)) {
      EighthResNet50Network network = network(golden);
      TrainingPass pass = network.trainingPass(BATCH);
      ReferenceResNet50 reference = ReferenceNetworkTest.network(golden);
      Map<String, Parameter> parameters = new HashMap<>();
      network.parameters().forEach(p -> parameters.put(p.layer() + "/" + p.name(), p));
      for (int step = 0; step < STEPS; step++) {
        String when = "step " + (step + 1) + ": ";
        int[] labels = ReferenceNetworkTest.labels(golden, step);
        ReferenceTensor logits = reference.forward(ReferenceNetworkTest.images(golden, step), true);
        double wanted = ReferenceSoftmax.loss(logits, labels);
        assertThat(step(pass, golden, step))
            .as(when + "loss")
            .isCloseTo(wanted, within(LATER_LOSS * wanted));
        reference.backward(ReferenceSoftmax.forward(logits), labels);
        pass.update(optimizer);
        for (ReferenceParameter plain : reference.parameters) {
          Parameter parameter = parameters.get(plain.path);
          double[] before = plain.values.clone();
          update.apply(plain, step + 1);
          if (!isBiasBeforeNorm(parameter)) {
            assertNear(
                when + plain.path + "'s gradient", pass.gradient(parameter), plain.gradient, LATER);
            assertMoved(when + plain.path, before, parameter.values(), plain.values);
          }
          parameter.setValues(floats(plain.values));
        }
        reference.moving.forEach(
            (path, values) -> {
              String[] names = path.split("/");
              Parameter parameter = parameters.get(names[1] + "/" + names[0]);
              Values.assertClose(when + path, parameter.values(), values, MOVING);
              parameter.setValues(floats(values));
            });
      }
    }
  }

  /** Compares how far an optimiser went; what float cannot hold of so small a step is forgiven. */
  private static void assertMoved(String what, double[] before, float[] got, double[] wanted) {
    double error = 0;
    double size = 0;
    double rounding = 0;
    for (int i = 0; i < got.length; i++) {
      double step = wanted[i] - before[i];
      double difference = got[i] - (float) before[i] - step;
      error += difference * difference;
      size += step * step;
      rounding += Math.pow(Math.ulp((float) wanted[i]), 2);
    }
    assertThat(Math.sqrt(error))
        .as("error of the step of " + what)
        .isLessThan(LATER * Math.sqrt(size) + Math.sqrt(rounding));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void assertNear(String what, float[] got, double[] wanted, double bound) {
    assertThat(got).as(what).hasSameSizeAs(wanted);
    double error = 0;
    double size = 0;
    for (int i = 0; i < got.length; i++) {
      error += (got[i] - wanted[i]) * (got[i] - wanted[i]);
      size += wanted[i] * wanted[i];
    }
    assertThat(Math.sqrt(error / size)).as("relative error of " + what).isLessThan(bound);
  }

  private static boolean isBiasBeforeNorm(Parameter parameter) {
    return parameter.name().equals("bias") && !parameter.layer().equals("fc6");
  }

  private EighthResNet50Network network(Golden golden) {
    EighthResNet50Network network =
        new EighthResNet50Network(new NetworkOptions(64, 64, 6, 0, null, pool));
    for (Parameter parameter : network.parameters()) {
      String path = "initial/" + parameter.layer() + "/" + parameter.name();
      parameter.setValues(golden.floats(path));
    }
    return network;
  }

  private static double step(TrainingPass pass, Golden golden, int step) {
    fill(pass.input(), golden, step);
    int[] labels = golden.ints("labels");
    return pass.forwardBackward(Arrays.copyOfRange(labels, step * BATCH, (step + 1) * BATCH));
  }

  private static float[] infer(EighthResNet50Network network, Golden golden) {
    InferencePass pass = network.inferencePass(BATCH);
    fill(pass.input(), golden, 0);
    return pass.infer().toArray();
  }

  private static void fill(Tensor input, Golden golden, int batch) {
    int[] pixels = golden.ints("images");
    for (int i = 0; i < BATCH * PIXELS; i++) {
      input.data()[input.offset() + i] = pixels[batch * BATCH * PIXELS + i] / 255f;
    }
  }
}
