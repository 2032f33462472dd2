package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.reference.ReferenceSoftmax;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.testing.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The plain double operations, composed to the tutorials' ResNet50 at an eighth of its width,
 * against Keras in float64. The bounds are about ten times what was measured, so any difference in
 * meaning stands far above them.
 *
 * <p>With Adam all ten steps agree to 12 digits. The larger steps of gradient descent are chaotic
 * even in double: initial weights changed by one part in 1e15 move the sixth loss by several
 * percent, so from there on the file can only be followed roughly.
 */
class ReferenceNetworkTest {
  private static final String SGD = "resnet50_eighth_width_sgd.h5";
  private static final String ADAM = "resnet50_eighth_width_adam.h5";
  private static final Shape IMAGES = new Shape(12, 64, 64, 3);

  /** Bound of block outputs, as part of the largest: the file has them rounded to float. */
  private static final double BLOCK = 6e-8;

  /** Bound of gradients and training probabilities, as part of the largest value. */
  private static final double FIRST_STEP = 1e-11;

  /** Bound of the gradients of conv biases: before batch norm they are 0 but for rounding. */
  private static final double ZERO = 5e-12;

  /** What training does with a parameter after a step, counted from 1. */
  interface Update {
    void apply(ReferenceParameter parameter, int step);
  }

  @Test
  void inferenceMatches() {
    try (Golden golden = Golden.open(SGD)) {
      ReferenceResNet50 network = network(golden);
      double[] probabilities = infer(network, golden);
      checkBlocks(network, golden, "inference/block_output/");
      assertClose(probabilities, golden, "inference/probabilities", 1e-13);
    }
  }

  @Test
  void firstStepMatches() {
    try (Golden golden = Golden.open(SGD)) {
      ReferenceResNet50 network = network(golden);
      ReferenceTensor logits = network.forward(images(golden, 0), true);
      checkBlocks(network, golden, "step1/block_output/");
      ReferenceTensor probabilities = ReferenceSoftmax.forward(logits);
      assertClose(probabilities.data(), golden, "step1/probabilities", FIRST_STEP);
      network.moving.forEach((path, got) -> assertClose(got, golden, "step1/" + path, 2e-13));
      network.backward(probabilities, labels(golden, 0));
      for (ReferenceParameter parameter : network.parameters) {
        String path = "step1/gradient/" + parameter.path;
        if (path.endsWith("/bias") && !path.endsWith("/fc6/bias")) {
          assertWithin(path, parameter.gradient, golden.doubles(path), ZERO);
          assertWithin(path, parameter.gradient, new double[parameter.values.length], ZERO);
        } else {
          assertClose(parameter.gradient, golden, path, FIRST_STEP);
        }
      }
    }
  }

  @Test
  void sgdFollowsKeras() {
    double[] bounds = {1e-12, 1e-11, 1e-8, 2e-7, 2e-6, 0.6, 0.6, 0.6, 0.6, 0.6};
    follow(SGD, (parameter, step) -> parameter.sgd(5e-4, 0.9), bounds, 0.6);
  }

  @Test
  void adamFollowsKeras() {
    double[] bounds = new double[10];
    Arrays.fill(bounds, 1e-11);
    follow(ADAM, (parameter, step) -> parameter.adam(step, 5e-5, 0.9, 0.999, 1e-3), bounds, 1e-12);
  }

  /** Compares ten steps' losses, each within a part of it, and what the network then infers. */
  private static void follow(String file, Update update, double[] bounds, double last) {
    try (Golden golden = Golden.open(SGD);
        Golden results = Golden.open(file)) {
      ReferenceResNet50 network = network(golden);
      double[] losses = results.doubles("losses");
      assertThat(losses).hasSameSizeAs(bounds);
      for (int i = 0; i < losses.length; i++) {
        int[] labels = labels(golden, i);
        ReferenceTensor logits = network.forward(images(golden, i), true);
        assertThat(ReferenceSoftmax.loss(logits, labels))
            .as("loss of step %d", i + 1)
            .isCloseTo(losses[i], within(bounds[i] * losses[i]));
        network.backward(ReferenceSoftmax.forward(logits), labels);
        for (ReferenceParameter parameter : network.parameters) {
          update.apply(parameter, i + 1);
        }
      }
      double[] probabilities = infer(network, golden);
      assertClose(probabilities, results, "final/probabilities_inference_first_batch", last);
    }
  }

  /** Returns the network with the file's first weights. */
  static ReferenceResNet50 network(Golden golden) {
    return new ReferenceResNet50(path -> golden.doubles("initial/" + path));
  }

  private static double[] infer(ReferenceResNet50 network, Golden golden) {
    return ReferenceSoftmax.forward(network.forward(images(golden, 0), false)).data();
  }

  /** Returns the images of a batch, counted from 0. */
  static ReferenceTensor images(Golden golden, int batch) {
    int[] pixels = golden.ints("images");
    int from = batch * IMAGES.size();
    ReferenceTensor images = ReferenceTensor.zeros(IMAGES);
    Arrays.setAll(images.data(), i -> pixels[from + i] / 255.0);
    return images;
  }

  /** Returns the labels of a batch, counted from 0. */
  static int[] labels(Golden golden, int batch) {
    return Arrays.copyOfRange(golden.ints("labels"), batch * IMAGES.n(), (batch + 1) * IMAGES.n());
  }

  private static void checkBlocks(ReferenceResNet50 network, Golden golden, String path) {
    assertThat(network.blockOutputs).hasSize(16);
    network.blockOutputs.forEach(
        (name, got) -> assertClose(got.data(), golden, path + name, BLOCK));
  }

  /** Asserts that no value is further from Keras's than a part of its largest. */
  private static void assertClose(double[] got, Golden golden, String path, double part) {
    double[] wanted = golden.doubles(path);
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
    assertWithin(path, got, wanted, part * largest);
  }

  private static void assertWithin(String what, double[] got, double[] wanted, double bound) {
    assertThat(got).as(what).hasSameSizeAs(wanted);
    for (int i = 0; i < got.length; i++) {
      if (!(Math.abs(got[i] - wanted[i]) <= bound)) {
        assertThat(got[i]).as("%s, value %d", what, i).isCloseTo(wanted[i], within(bound));
      }
    }
  }
}
