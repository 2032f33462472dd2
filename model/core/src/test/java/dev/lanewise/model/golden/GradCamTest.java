package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.GradCam;
import dev.lanewise.model.HeatMap;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.NetworkFactory;
import dev.lanewise.model.TinyDenseNetwork;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a network sees a class, beside finite differences through plain loops in double. */
class GradCamTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  /** Of finite differences, as a share of the largest value. */
  private static final double STEP = 1e-4;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("pooled by 2x2", (NetworkFactory) TinyNetwork::new, 24),
        Arguments.of("pooled as a whole", (NetworkFactory) CifarResNet20Network::new, 32),
        Arguments.of("behind a tail", (NetworkFactory) NarrowV2Network::new, 64),
        Arguments.of("of other activations", (NetworkFactory) MixedActivationsNetwork::new, 64));
  }

  /** A model whose weights and statistics are of no particular size. */
  private static Model model(NetworkFactory factory, int size) {
    Model model = Model.build(factory, ModelOptions.of(size, size, CLASSES).withThreads(2));
    SplittableRandom random = new SplittableRandom(3);
    for (Parameter parameter : model.network().parameters()) {
      float[] values = parameter.values();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) random.nextDouble(-0.05, 0.1);
      }
      parameter.setValues(values);
    }
    return model;
  }

  private static byte[] pixels(ImageShape shape) {
    byte[] pixels = new byte[shape.size()];
    new SplittableRandom(5).nextBytes(pixels);
    return pixels;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void isWhatFiniteDifferencesSay(String name, NetworkFactory factory, int size) {
    try (Model model = model(factory, size)) {
      byte[] pixels = pixels(model.imageShape());
      ReferenceTensor image = ReferenceTensor.zeros(model.network().inputShape(1));
      for (int i = 0; i < pixels.length; i++) {
        image.data()[i] = (pixels[i] & 255) / 255.0;
      }
      ReferenceGraph graph = new ReferenceGraph(model.network());
      graph.forward(image, false);
      String last = lastMap(model.network().layerInfos());
      ReferenceTensor map = graph.outputs.get(last);
      for (int c = 0; c < CLASSES.size(); c++) {
        double[] wanted = heat(map, gradient(graph, last, map, c));
        HeatMap got = GradCam.of(model, pixels, c);
        assertThat(got.height()).isEqualTo(map.shape().h());
        assertThat(got.width()).isEqualTo(map.shape().w());
        double largest = 0;
        for (double value : wanted) {
          largest = Math.max(largest, value);
        }
        for (int i = 0; i < wanted.length; i++) {
          assertThat((double) got.values()[i])
              .as("class " + c + ", place " + i)
              .isCloseTo(wanted[i], offset(1e-3 * Math.max(largest, 1e-3)));
        }
      }
    }
  }

  private static String lastMap(List<LayerInfo> layers) {
    return layers.stream()
        .filter(layer -> layer.block().equals("head"))
        .findFirst()
        .orElseThrow()
        .inputs()
        .getFirst();
  }

  private static double[] gradient(
      ReferenceGraph graph, String last, ReferenceTensor map, int classIndex) {
    double[] gradient = new double[map.data().length];
    double step = STEP * Arrays.stream(map.data()).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] =
          (logit(graph, last, map, i, step, classIndex)
                  - logit(graph, last, map, i, -step, classIndex))
              / (2 * step);
    }
    return gradient;
  }

  private static double logit(
      ReferenceGraph graph, String last, ReferenceTensor map, int at, double by, int classIndex) {
    double[] moved = map.data().clone();
    moved[at] += by;
    return graph.forwardBehind(last, ReferenceTensor.of(map.shape(), moved)).data()[classIndex];
  }

  /** The paper's two formulas. */
  private static double[] heat(ReferenceTensor map, double[] gradient) {
    Shape shape = map.shape();
    double[] heat = new double[shape.h() * shape.w()];
    for (int c = 0; c < shape.c(); c++) {
      double alpha = 0;
      for (int place = 0; place < heat.length; place++) {
        alpha += gradient[place * shape.c() + c] / heat.length;
      }
      for (int place = 0; place < heat.length; place++) {
        heat[place] += alpha * map.data()[place * shape.c() + c];
      }
    }
    for (int place = 0; place < heat.length; place++) {
      heat[place] = Math.max(0, heat[place]);
    }
    return heat;
  }

  @Test
  void classesThatAreNone() {
    try (Model model = model(TinyNetwork::new, 24)) {
      byte[] pixels = pixels(model.imageShape());
      for (int index : new int[] {-1, 3}) {
        assertThatThrownBy(() -> GradCam.of(model, pixels, index))
            .isInstanceOf(ModelException.class)
            .hasMessage("a class requires an index from 0 to 2, got " + index);
      }
    }
  }

  @Test
  void networksOfSeveralDenseLayers() {
    try (Model model = model(TinyDenseNetwork::new, 24)) {
      byte[] pixels = new byte[model.imageShape().size()];
      assertThatThrownBy(() -> GradCam.of(model, pixels, 0))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "an explanation requires a network with one dense layer behind its last map, got 3");
    }
  }

  @Test
  void isDrawnFromBlueToRed() {
    HeatMap map = new HeatMap(1, 2, new float[] {0, 4});
    assertThat(map.at(0.5, 0.25)).isZero();
    assertThat(map.at(0.5, 0.5)).isEqualTo(0.5f);
    assertThat(map.at(0.5, 1)).isEqualTo(1);
    ImageShape shape = ImageShape.rgb(1, 4);
    BufferedImage drawn = map.over(new byte[shape.size()], shape);
    assertThat(drawn.getRGB(0, 0) & 0xffffff).isEqualTo(0x000080);
    assertThat(drawn.getRGB(3, 0) & 0xffffff).isEqualTo(0x800000);
    assertThat(new HeatMap(1, 1, new float[1]).at(0, 0)).isZero();
  }
}
