package dev.lanewise.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.keras.LayerOrder;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Stripes;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which layer of a file goes where, and what is refused. */
class WeightMatchingTest {
  private static final String HEAD = "fc3";

  private static Model model;

  /** The network's own layers in Keras's order, with values that tell the arrays apart. */
  private static List<SavedLayer> own;

  @BeforeAll
  static void build() {
    model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES).withThreads(1));
    Map<String, List<SavedArray>> arrays = new LinkedHashMap<>();
    for (LayerInfo info : LayerOrder.ofKeras(model.network().layerInfos())) {
      arrays.put(info.name(), new ArrayList<>());
    }
    float next = 1;
    for (Parameter parameter : model.network().parameters()) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = next++;
      }
      arrays
          .get(parameter.layer())
          .add(new SavedArray(parameter.name(), parameter.shape(), values));
    }
    own = new ArrayList<>();
    arrays.forEach((name, list) -> own.add(new SavedLayer(name, list)));
    own.removeIf(layer -> layer.arrays().isEmpty());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static SavedWeights named(List<SavedLayer> layers) {
    return new SavedWeights("test", layers, true, false, null, Map.of());
  }

  private static SavedWeights ordered(List<SavedLayer> layers) {
    return new SavedWeights("test", layers, true, true, null, Map.of());
  }

  private static List<SavedLayer> renamed(UnaryOperator<String> name) {
    return own.stream()
        .map(layer -> new SavedLayer(name.apply(layer.name()), layer.arrays()))
        .toList();
  }

  private static List<SavedLayer> without(String name) {
    return own.stream().filter(layer -> !layer.name().equals(name)).toList();
  }

  /** Replaces the arrays of a layer. */
  private static List<SavedLayer> with(String name, SavedArray... arrays) {
    return own.stream()
        .map(layer -> layer.name().equals(name) ? new SavedLayer(name, List.of(arrays)) : layer)
        .toList();
  }

  /** Replaces the head by one of another name without bias. */
  private static List<SavedLayer> otherHead(String name, SavedArray kernel) {
    List<SavedLayer> layers = new ArrayList<>(without(HEAD));
    layers.add(new SavedLayer(name, List.of(kernel)));
    return layers;
  }

  private static SavedArray zeros(String name, int... shape) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    return new SavedArray(name, shape, new float[size]);
  }

  private static LoadReport assertAllInPlace(SavedWeights weights) {
    WeightMatching.Result result =
        WeightMatching.match(model.network(), weights, LoadOptions.whole(), "file");
    assertThat(result.arrays().keySet())
        .containsExactlyInAnyOrderElementsOf(model.network().parameters());
    result
        .arrays()
        .forEach(
            (parameter, array) ->
                assertThat(array)
                    .as(parameter.layer())
                    .isEqualTo(
                        own.stream()
                            .filter(layer -> layer.name().equals(parameter.layer()))
                            .flatMap(layer -> layer.arrays().stream())
                            .filter(wanted -> wanted.name().equals(parameter.name()))
                            .findFirst()
                            .orElseThrow()));
    return result.report();
  }

  private static void assertRefused(String why, SavedWeights weights) {
    assertRefused(why, weights, LoadOptions.whole());
  }

  private static void assertRefused(String why, SavedWeights weights, LoadOptions options) {
    assertThatThrownBy(() -> WeightMatching.match(model.network(), weights, options, "file"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("file")
        .hasMessageContaining(why);
  }

  @Test
  void theSameNamesInAnyOrder() {
    LoadReport report = assertAllInPlace(named(own.reversed()));
    assertThat(report.byName()).isTrue();
    assertThat(report.matches()).hasSize(own.size());
    assertThat(report.lines())
        .hasSize(own.size() + 1)
        .startsWith(
            own.size() + " layers matched by name (test)",
            "  conv1 <- conv1: kernel [3,3,3,6], bias [6]");
  }

  @Test
  void namesBehindTheModulesAroundThem() {
    assertThat(assertAllInPlace(named(renamed(name -> "module." + name))).byName()).isTrue();
    LoadReport report = assertAllInPlace(named(renamed(name -> "model.backbone." + name)));
    assertThat(report.matches().get(0).source()).isEqualTo("model.backbone.conv1");
    assertThat(
            assertAllInPlace(
                    named(renamed(name -> name.equals(HEAD) ? "head.out" : "backbone." + name)))
                .byName())
        .isTrue();
    assertRefused(
        "it lacks 'conv1'",
        named(renamed(name -> (name.equals("conv1") ? "stem." : "backbone.") + name)));
  }

  @Test
  void orderWhereNamesAreOthers() {
    int[] count = {0};
    List<SavedLayer> numbered = renamed(name -> "layer_" + count[0]++);
    LoadReport report = assertAllInPlace(ordered(numbered));
    assertThat(report.byName()).isFalse();
    assertThat(report.lines().get(0))
        .isEqualTo(own.size() + " layers matched by order and shape (test)");
    assertRefused("it lacks 'conv1', 'bn_conv1', ", named(numbered));
  }

  @Test
  void namesThatCoincideInPartByChanceDoNotCount() {
    // Each layer has the name of the one before: all but one name are the network's too.
    List<SavedLayer> shifted = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      String name = i == 0 ? "first" : own.get(i - 1).name();
      shifted.add(new SavedLayer(name, own.get(i).arrays()));
    }
    assertThat(assertAllInPlace(ordered(shifted)).byName()).isFalse();
  }

  @Test
  void namesThatAreAllTheSameButMeanOthersLeaveItToOrder() {
    List<String> names = new ArrayList<>(own.stream().map(SavedLayer::name).toList());
    names.add(names.remove(0));
    List<SavedLayer> turned = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      turned.add(new SavedLayer(names.get(i), own.get(i).arrays()));
    }
    assertThat(assertAllInPlace(ordered(turned)).byName()).isFalse();
    assertRefused("requires a", named(turned));
  }

  @Test
  void namesThatTheFormatMadeUpDoNotCount() {
    assertThat(
            assertAllInPlace(new SavedWeights("test", own, false, true, null, Map.of())).byName())
        .isFalse();
  }

  @Test
  void shapesThatDoNotFit() {
    SavedWeights wide = named(with("conv1", zeros("kernel", 5, 5, 3, 6), zeros("bias", 6)));
    String message =
        "file: layer 'conv1' requires a kernel of shape [3,3,3,6], and the file's 'conv1' has"
            + " [5,5,3,6]";
    assertRefused(message, wide);
    assertRefused(message, ordered(wide.layers()));
  }

  @Test
  void biasesOnOneSideAlone() {
    SavedArray kernel = own.get(0).arrays().get(0);
    assertRefused(
        "layer 'conv1' requires a bias, and the file's 'conv1' has only [kernel[3,3,3,6]]",
        named(with("conv1", kernel)));
    String bn = own.get(1).name();
    assertRefused(
        "the file's layer '"
            + bn
            + "' has a bias [6], and layer '"
            + bn
            + "' of the network has none",
        named(
            with(
                bn,
                zeros("bias", 6),
                zeros("gamma", 6),
                zeros("beta", 6),
                zeros("moving_mean", 6),
                zeros("moving_variance", 6))));
  }

  @Test
  void layersThatAreMissingOrTooMany() {
    assertRefused("file: it lacks 'conv1'", named(without("conv1")));
    assertRefused("convolutions, and the network requires ", ordered(without("conv1")));
    assertRefused("it lacks 'conv1'", ordered(without("conv1")));
    List<SavedLayer> more = new ArrayList<>(own);
    more.add(new SavedLayer("conv9", List.of(zeros("kernel", 1, 1, 20, 20))));
    assertRefused("it has 'conv9', which the network has not", named(more));
    assertRefused("it has 'conv9', which the network has not", ordered(more));
    more.set(own.size(), new SavedLayer("scaling", List.of(zeros("mean", 3))));
    assertRefused("holds 1 layer of another kind, and the network requires no", ordered(more));
  }

  @Test
  void headsOfOtherClassesOrNone() {
    SavedArray kernel = zeros("kernel", 20, 7);
    for (List<SavedLayer> layers :
        List.of(with(HEAD, kernel, zeros("bias", 7)), without(HEAD), otherHead("fc1000", kernel))) {
      assertRefused("it can be loaded without its head", named(layers));
      assertRefused("it can be loaded without its head", ordered(layers));
      for (SavedWeights weights : List.of(named(layers), ordered(layers))) {
        WeightMatching.Result result =
            WeightMatching.match(
                model.network(), weights, LoadOptions.whole().withoutHead(), "file");
        assertThat(result.arrays().keySet())
            .hasSize(model.network().parameters().size() - 2)
            .noneMatch(parameter -> parameter.layer().equals(HEAD));
        assertThat(result.report().byName()).isTrue();
        assertThat(result.report().leftOut().get(0))
            .isEqualTo("layer '" + HEAD + "' of the network, which keeps its values");
      }
    }
    assertRefused("it lacks 'conv1'", named(without("conv1")), new LoadOptions(false));
  }
}
