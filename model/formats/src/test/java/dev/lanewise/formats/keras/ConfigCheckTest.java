package dev.lanewise.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Shared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code model_config} says is compared with the network, setting by setting. */
class ConfigCheckTest {
  /** ResNet20 v1 for CIFAR, as Keras's example of it makes and numbers the layers. */
  private static final class ResNet20 {
    private final List<LayerInfo> layers = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final String prefix;

    ResNet20(String prefix) {
      this.prefix = prefix;
    }

    List<LayerInfo> layers() {
      String x = add("input", new LayerConfig.Input(), List.of(32, 32, 3));
      x = unit(x, 16, 3, 1, true);
      for (int stack = 0; stack < 3; stack++) {
        int filters = 16 << stack;
        for (int block = 0; block < 3; block++) {
          int stride = stack > 0 && block == 0 ? 2 : 1;
          String y = unit(x, filters, 3, stride, true);
          y = unit(y, filters, 3, 1, false);
          if (stride == 2) {
            x = conv(x, filters, 1, 2);
          }
          x = add("add", new LayerConfig.Addition(), map(filters), x, y);
          x = add("activation", new LayerConfig.Activated(Activation.RELU), map(filters), x);
        }
      }
      Window whole = Window.valid(8, 8, 8, 8);
      LayerConfig pool = new LayerConfig.Pooling(Pool.Kind.AVERAGE, whole);
      x = add("average_pooling2d", pool, List.of(1, 1, 64), x);
      x = add("flatten", new LayerConfig.Flattening(), List.of(64), x);
      add("dense", new LayerConfig.Classification(10), List.of(10), x);
      return layers;
    }

    private static List<Integer> map(int filters) {
      int extent = 512 / filters;
      return List.of(extent, extent, filters);
    }

    private String unit(String x, int filters, int kernel, int stride, boolean activated) {
      LayerConfig norm = new LayerConfig.BatchNormalization(0.99, 1e-3, BatchNorm.Mode.BY_PHASE);
      String y = add("batch_normalization", norm, map(filters), conv(x, filters, kernel, stride));
      LayerConfig relu = new LayerConfig.Activated(Activation.RELU);
      return activated ? add("activation", relu, map(filters), y) : y;
    }

    private String conv(String x, int filters, int kernel, int stride) {
      Window window = Window.same(kernel, kernel, stride, stride);
      return add("conv2d", new LayerConfig.Convolution(window, filters, true), map(filters), x);
    }

    private String add(String kind, LayerConfig config, List<Integer> shape, String... inputs) {
      String name = prefix + kind + "_" + counts.merge(kind, 1, Integer::sum);
      layers.add(new LayerInfo(name, "", config, shape, 0, 0, List.of(inputs)));
      return name;
    }
  }

  private static List<LayerInfo> network() {
    return new ResNet20("").layers();
  }

  private static KerasConfig written() {
    return config("", "");
  }

  /** Returns the network's own configuration with its first occurrence of something replaced. */
  private static KerasConfig config(String from, String to) {
    String json = KerasConfigWriter.model("ResNet20", LayerOrder.ofKeras(network()));
    assertThat(json).contains(from);
    int at = json.indexOf(from);
    return KerasConfig.parse(
        json.substring(0, at) + to + json.substring(at + from.length()), "model.h5");
  }

  private static KerasConfig stranger() {
    String json = KerasFiles.read(Shared.file("data", "keras", "cifar10_resnet20v1.h5")).config();
    return KerasConfig.parse(json, "cifar10_resnet20v1.h5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my_"})
  void aStrangersModelIsThisNetworkByNameAndByOrder(String prefix) {
    KerasConfig config = stranger();
    assertThat(config.differences(new ResNet20(prefix).layers())).isEmpty();
    assertThat(config.height()).hasValue(32);
    assertThat(config.width()).hasValue(32);
    assertThat(config.channels()).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my_"})
  void whatIsWrittenIsThisNetwork(String prefix) {
    assertThat(written().differences(new ResNet20(prefix).layers())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv2d_1; filters; 16; 24; 'filters\":16'; 'filters\":24'",
        "conv2d_1; kernel_size; [3, 3]; [5, 5]; 'kernel_size\":[3,3]'; 'kernel_size\":5'",
        "conv2d_1; strides; [1, 1]; [2, 1]; 'strides\":[1,1]'; 'strides\":[2,1]'",
        "conv2d_1; padding; same; valid; 'padding\":\"same'; 'padding\":\"valid'",
        "conv2d_1; use_bias; true; false; 'use_bias\":true'; 'use_bias\":false'",
        "conv2d_1; dilation_rate; [1, 1]; [2, 2]; 'rate\":[1,1]'; 'rate\":[2,2]'",
        "conv2d_1; groups; 1; 4; 'filters\"'; 'groups\":4,\"filters\"'",
        "conv2d_1; activation; linear; relu; 'activation\":\"linear'; 'activation\":\"relu'",
        "conv2d_1; data_format; channels_last; channels_first; 'channels_last'; 'channels_first'",
        "batch_normalization_1; epsilon; 0.001; 1.0E-5; 'epsilon\":0.001'; 'epsilon\":1e-05'",
        "batch_normalization_1; momentum; 0.99; 0.9; 'momentum\":0.99'; 'momentum\":0.9'",
        "batch_normalization_1; axis; -1; [1]; 'axis\":3'; 'axis\":[1]'",
        "batch_normalization_1; scale; true; false; 'scale\":true'; 'scale\":false'",
        "activation_1; activation; relu; tanh; 'activation\":\"relu'; 'activation\":\"tanh'",
        "average_pooling2d_1; pool_size; [8, 8]; [4, 4]; 'size\":[8,8]'; 'size\":[4,4]'",
        "average_pooling2d_1; strides; [8, 8]; [4, 4]; 'strides\":[8,8]'; 'strides\":[4,4]'",
        "dense_1; units; 10; 7; 'units\":10'; 'units\":7'",
        "dense_1; activation; softmax; sigmoid; 'softmax'; 'sigmoid'",
        "add_1; inputs; [activation_1, batch_normalization_3]; [activation_1, activation_1]; "
            + "'[\"batch_normalization_3\",0'; '[\"activation_1\",0'"
      })
  void eachSettingThatDiffersIsReported(
      String layer, String property, String wanted, String found, String from, String to) {
    KerasConfig config = config(from, to);
    ConfigDifference difference = new ConfigDifference(layer, property, wanted, found);
    assertThat(config.differences(network())).containsExactly(difference);
    assertThat(difference.changesPredictions()).isEqualTo(!property.equals("momentum"));
  }

  /** As Keras's VGG16: a layer for the activation, or a setting of the layer before. */
  @Test
  void anActivationMayBeASettingOfTheLayerBefore() {
    List<LayerInfo> network = row(true);
    String json = KerasConfigWriter.model("Row", row(false));
    String fused = json.replace("activation\":\"linear", "activation\":\"relu");
    assertThat(fused).isNotEqualTo(json);
    assertThat(KerasConfig.parse(fused, "model.h5").differences(network)).isEmpty();
    assertThat(KerasConfig.parse(json, "model.h5").differences(network))
        .extracting(ConfigDifference::layer)
        .containsExactlyInAnyOrder("relu1", "relu2");
  }

  /** Returns a convolution and two dense layers in a row, with a dropout between. */
  private static List<LayerInfo> row(boolean activations) {
    List<LayerInfo> layers = new ArrayList<>();
    Window window = Window.same(3, 3, 1, 1);
    LayerConfig relu = new LayerConfig.Activated(Activation.RELU);
    append(layers, "input", new LayerConfig.Input(), 4, 4, 3);
    append(layers, "conv", new LayerConfig.Convolution(window, 5, true), 4, 4, 5);
    if (activations) {
      append(layers, "relu1", relu, 4, 4, 5);
    }
    append(layers, "flatten", new LayerConfig.Flattening(), 80);
    append(layers, "fc1", new LayerConfig.Dense(6), 6);
    if (activations) {
      append(layers, "relu2", relu, 6);
    }
    append(layers, "dropout", new LayerConfig.Dropout(0.5), 6);
    append(layers, "predictions", new LayerConfig.Classification(2), 2);
    return layers;
  }

  private static void append(
      List<LayerInfo> layers, String name, LayerConfig config, Integer... shape) {
    List<String> inputs = layers.isEmpty() ? List.of() : List.of(layers.getLast().name());
    layers.add(new LayerInfo(name, "", config, List.of(shape), 0, 0, inputs));
  }

  /** Every activation in Keras's words, as some version of it says them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "RELU; Activation; 'activation':'relu'",
        "RELU; ReLU; 'name':'a'",
        "RELU; ReLU; 'max_value':null,'negative_slope':0.0,'threshold':0.0",
        "RELU6; ReLU; 'max_value':6.0,'negative_slope':0.0,'threshold':0.0",
        "RELU6; ReLU; 'max_value':6",
        "RELU6; Activation; 'activation':'relu6'",
        "SILU; Activation; 'activation':'swish'",
        "SILU; Activation; 'activation':'silu'",
        "SILU; Activation; 'activation':{'class_name':'function','config':'silu'}",
        "GELU; Activation; 'activation':'gelu'",
        "SIGMOID; Activation; 'activation':'sigmoid'",
        "TANH; Activation; 'activation':'tanh'",
        "HARD_SIGMOID; Activation; 'activation':'hard_sigmoid'",
        "HARD_SWISH; Activation; 'activation':'hard_silu'",
        "HARD_SWISH; Activation; 'activation':'hard_swish'",
        "LEAKY_RELU; LeakyReLU; 'alpha':0.01",
        "LEAKY_RELU; LeakyReLU; 'alpha':0.009999999776482582",
        "LEAKY_RELU; LeakyReLU; 'negative_slope':0.01",
        "LEAKY_RELU; ReLU; 'negative_slope':0.01"
      })
  void understandsAnActivation(Activation activation, String type, String settings) {
    assertThat(activationLayer(type, settings).differences(activated(activation))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "LEAKY_RELU; LeakyReLU; 'name':'a'; leaky_relu of slope 0.01; leaky_relu of slope 0.3",
        "LEAKY_RELU; LeakyReLU; 'alpha':[1]; leaky_relu of slope 0.01; leaky_relu of unknown slope",
        "LEAKY_RELU; Activation; 'activation':'leaky_relu'; leaky_relu of slope 0.01;"
            + " leaky_relu of slope 0.2",
        "LEAKY_RELU; Activation; 'activation':'relu'; leaky_relu of slope 0.01; relu",
        "RELU6; Activation; 'activation':'relu'; relu6; relu",
        "RELU6; ReLU; 'max_value':4; relu6;"
            + " relu of max_value 4.0, negative_slope 0.0, threshold 0.0",
        "RELU; ReLU; 'max_value':6; relu; relu6",
        "SILU; Activation; 'activation':'gelu'; silu; gelu",
        "RELU; ELU; 'alpha':1.0; relu; elu"
      })
  void reportsAnotherActivation(
      Activation activation, String type, String settings, String wanted, String found) {
    assertThat(activationLayer(type, settings).differences(activated(activation)))
        .containsExactly(new ConfigDifference("a", "activation", wanted, found));
  }

  @ParameterizedTest
  @EnumSource(value = Activation.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void readsTheActivationsThatItWrites(Activation activation) {
    List<LayerInfo> network = activated(activation);
    String json = KerasConfigWriter.model("Net", network);
    for (Activation other : Activation.values()) {
      if (other != Activation.NONE) {
        List<ConfigDifference> differences =
            KerasConfig.parse(json, "model.h5").differences(activated(other));
        assertThat(differences.isEmpty())
            .as("%s as %s", activation, other)
            .isEqualTo(other == activation);
      }
    }
  }

  private static List<LayerInfo> activated(Activation activation) {
    List<Integer> map = List.of(4, 4, 2);
    return List.of(
        new LayerInfo("input_1", "", new LayerConfig.Input(), map, 0, 0, List.of()),
        new LayerInfo(
            "a", "", new LayerConfig.Activated(activation), map, 0, 0, List.of("input_1")));
  }

  private static KerasConfig activationLayer(String type, String settings) {
    String json =
        "{'class_name':'Model','config':{'name':'m','layers':["
            + "{'class_name':'InputLayer','name':'input_1','inbound_nodes':[],"
            + "'config':{'name':'input_1','batch_input_shape':[null,4,4,2]}},"
            + "{'class_name':'"
            + type
            + "','name':'a','inbound_nodes':[[['input_1',0,0,{}]]],'config':{"
            + settings
            + "}}],'input_layers':[['input_1',0,0]],'output_layers':[['a',0,0]]}}";
    return KerasConfig.parse(json.replace('\'', '"'), "model.h5");
  }

  @Test
  void aDifferenceIsASentence() {
    assertThat(new ConfigDifference("bn1", "epsilon", "0.001", "1.0E-5").sentence())
        .isEqualTo("layer 'bn1': epsilon is 0.001 in the network, 1.0E-5 in the file");
  }

  /** Without the activation of a name; those behind it get the numbers that Keras gives them. */
  private static List<LayerInfo> without(String name) {
    List<LayerInfo> layers = network();
    Map<String, String> names = new HashMap<>();
    int number = 0;
    for (LayerInfo layer : layers) {
      if (layer.name().equals(name)) {
        names.put(name, names.getOrDefault(layer.inputs().get(0), layer.inputs().get(0)));
      } else if (layer.config() instanceof LayerConfig.Activated) {
        number++;
        names.put(layer.name(), "activation_" + number);
      }
    }
    return layers.stream()
        .filter(layer -> !layer.name().equals(name))
        .map(
            layer ->
                new LayerInfo(
                    names.getOrDefault(layer.name(), layer.name()),
                    layer.block(),
                    layer.config(),
                    layer.outputShape(),
                    0,
                    0,
                    layer.inputs().stream().map(in -> names.getOrDefault(in, in)).toList()))
        .toList();
  }

  private static KerasConfig config(List<LayerInfo> layers) {
    return KerasConfig.parse(
        KerasConfigWriter.model("Net", LayerOrder.ofKeras(layers)), "model.h5");
  }

  /** Behind the stem, within a block, behind an addition. */
  @ParameterizedTest
  @ValueSource(strings = {"activation_1", "activation_2", "activation_3", "activation_19"})
  void oneActivationLessIsOneDifference(String name) {
    assertThat(config(without(name)).differences(network()))
        .containsExactly(new ConfigDifference(name, "layer", "Activation", "none"));
    assertThat(config(network()).differences(without(name)))
        .containsExactly(new ConfigDifference(name, "layer", "none", "Activation"));
  }

  /** A map of 6 x extent, behind it a pooling. */
  private static List<LayerInfo> pooled(int extent, Window window) {
    List<Integer> map = List.of(6, extent, 2);
    LayerConfig pool = new LayerConfig.Pooling(Pool.Kind.AVERAGE, window);
    return List.of(
        new LayerInfo("input_1", "", new LayerConfig.Input(), map, 0, 0, List.of()),
        new LayerInfo(
            "a", "", new LayerConfig.Activated(Activation.RELU), map, 0, 0, List.of("input_1")),
        new LayerInfo("p", "", pool, List.of(3, 3, 2), 0, 0, List.of("a")));
  }

  @Test
  void paddingsThatPadNothingAreTheSame() {
    Window valid = Window.valid(2, 2, 2, 2);
    Window same = Window.same(2, 2, 2, 2);
    for (Window[] windows : new Window[][] {{valid, same}, {same, valid}}) {
      assertThat(config(pooled(6, windows[0])).differences(pooled(6, windows[1]))).isEmpty();
      assertThat(config(pooled(7, windows[0])).differences(pooled(7, windows[1])))
          .extracting(ConfigDifference::layer, ConfigDifference::property)
          .containsExactly(tuple("p", "padding"));
    }
    // A stride longer than the window leaves pixels out, and pads none.
    assertThat(
            config(pooled(5, Window.valid(1, 1, 2, 2)))
                .differences(pooled(5, Window.same(1, 1, 2, 2))))
        .isEmpty();
  }

  /** A convolution of 3x3 with stride 2 over a map, behind zeros of its own or not. */
  private static List<LayerInfo> strided(int extent, LayerConfig.ZeroPadding zeros) {
    List<LayerInfo> layers = new ArrayList<>();
    append(layers, "input", new LayerConfig.Input(), extent, extent, 3);
    append(layers, "relu", new LayerConfig.Activated(Activation.RELU), extent, extent, 3);
    if (zeros != null) {
      append(layers, "zeros", zeros, extent + 1, extent + 1, 3);
    }
    Window window = zeros == null ? Window.same(3, 3, 2, 2) : Window.valid(3, 3, 2, 2);
    int out = Math.ceilDiv(extent, 2);
    append(layers, "conv", new LayerConfig.Convolution(window, 5, true), out, out, 5);
    return layers;
  }

  /** As Keras's MobileNetV2 pads in front of its strides. */
  @Test
  void zerosInFrontAreTheSameAsThoseOfSame() {
    LayerConfig.ZeroPadding atTheEnd = new LayerConfig.ZeroPadding(0, 1, 0, 1);
    assertThat(config(strided(6, atTheEnd)).differences(strided(6, null))).isEmpty();
    // Of odd extents 'same' pads both ends.
    assertThat(config(strided(7, atTheEnd)).differences(strided(7, null)))
        .extracting(ConfigDifference::layer)
        .containsExactlyInAnyOrder("zeros", "conv");
    LayerConfig.ZeroPadding atTheStart = new LayerConfig.ZeroPadding(1, 0, 1, 0);
    assertThat(config(strided(6, atTheStart)).differences(strided(6, null)))
        .extracting(ConfigDifference::layer)
        .containsExactlyInAnyOrder("zeros", "conv");
    // Zeros that others read too are not this layer's alone.
    List<LayerInfo> shared = strided(6, atTheEnd);
    shared.add(
        new LayerInfo(
            "other",
            "",
            new LayerConfig.Activated(Activation.TANH),
            List.of(7, 7, 3),
            0,
            0,
            List.of("zeros")));
    assertThat(config(shared).differences(strided(6, null))).isNotEmpty();
  }

  /** Channels side by side, along the axis that Keras numbers from either end. */
  @ParameterizedTest
  @CsvSource({"3, true", "-1, true", "1, false"})
  void concatenatesChannels(int axis, boolean same) {
    List<LayerInfo> layers = new ArrayList<>();
    append(layers, "input", new LayerConfig.Input(), 4, 4, 3);
    append(layers, "relu", new LayerConfig.Activated(Activation.RELU), 4, 4, 3);
    append(layers, "conv", new LayerConfig.Convolution(Window.same(3, 3, 1, 1), 5, true), 4, 4, 5);
    layers.add(
        new LayerInfo(
            "concat",
            "",
            new LayerConfig.Concatenation(),
            List.of(4, 4, 8),
            0,
            0,
            List.of("relu", "conv")));
    String json = KerasConfigWriter.model("Net", LayerOrder.ofKeras(layers));
    assertThat(json).contains("\"axis\":3");
    String changed = json.replace("\"axis\":3", "\"axis\":" + axis);
    assertThat(KerasConfig.parse(changed, "model.h5").differences(layers).isEmpty())
        .isEqualTo(same);
  }

  /** As Keras 2 and Keras 3 write {@code BatchNormalization()(x, training=True)}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[\"conv2d_1\",0,0,{\"training\":true}]]]",
        "[{\"args\":[{\"class_name\":\"__keras_tensor__\",\"config\":{\"shape\":[null,32,32,16],"
            + "\"dtype\":\"float32\",\"keras_history\":[\"conv2d_1\",0,0]}}],"
            + "\"kwargs\":{\"training\":true}}]"
      })
  void callsThatSayTrainingAreReported(String node) {
    ConfigDifference difference =
        new ConfigDifference("batch_normalization_1", "training", "by phase", "true");
    KerasConfig config = config("[[[\"conv2d_1\",0,0,{}]]]", node);
    assertThat(config.differences(network())).containsExactly(difference);
    assertThat(difference.changesPredictions()).isTrue();
    KerasConfig moving = config("[[[\"conv2d_1\",0,0,{}]]]", node.replace("true", "false"));
    assertThat(moving.differences(network()))
        .singleElement()
        .returns(false, ConfigDifference::changesPredictions);
  }

  @ParameterizedTest
  @EnumSource(BatchNorm.Mode.class)
  void writesHowNormalisationsAreCalled(BatchNorm.Mode mode) {
    List<LayerInfo> called =
        network().stream()
            .map(
                layer ->
                    layer.config() instanceof LayerConfig.BatchNormalization norm
                        ? new LayerInfo(
                            layer.name(),
                            "",
                            new LayerConfig.BatchNormalization(
                                norm.momentum(), norm.epsilon(), mode),
                            layer.outputShape(),
                            0,
                            0,
                            layer.inputs())
                        : layer)
            .toList();
    assertThat(config(called).differences(called)).isEmpty();
    assertThat(config(called).differences(network()))
        .hasSize(mode == BatchNorm.Mode.BY_PHASE ? 0 : 19);
  }

  @Test
  void layersThatOneOfTheTwoLacksAreReported() {
    String add = "\"class_name\":\"Add\"";
    assertThat(config(add, "\"class_name\":\"Multiply\"").differences(network()))
        .contains(
            new ConfigDifference("add_1", "layer", "Add", "none"),
            new ConfigDifference("add_1", "layer", "none", "Multiply"));
    List<LayerInfo> smaller = network().subList(0, 11);
    assertThat(stranger().differences(smaller))
        .contains(new ConfigDifference("dense_1", "layer", "none", "Dense"));
    List<LayerInfo> other = new ResNet20("my_").layers().subList(0, 11);
    assertThat(stranger().differences(other))
        .contains(new ConfigDifference("Conv2D", "number of layers", "3", "21"));
  }

  @Test
  void poolingTheWholeMapIsTheSameByAnyName() {
    String pool = "\"class_name\":\"AveragePooling2D\"";
    assertThat(config(pool, "\"class_name\":\"GlobalAveragePooling2D\"").differences(network()))
        .isEmpty();
    assertThat(config(pool, "\"class_name\":\"MaxPooling2D\"").differences(network()))
        .containsExactly(
            new ConfigDifference(
                "average_pooling2d_1", "class_name", "AveragePooling2D", "MaxPooling2D"));
  }

  @Test
  void numbersThatWereFloatsCountAsTheSame() {
    assertThat(
            config("\"epsilon\":0.001", "\"epsilon\":0.0010000000474974513").differences(network()))
        .isEmpty();
  }

  @Test
  void modelsOfKeras1AndSequentialOnesAreUnderstood() {
    String json =
        "{\"class_name\": \"Sequential\", \"config\": ["
            + "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"padding\": [3, 3],"
            + " \"batch_input_shape\": [null, 9, 8, 3], \"dim_ordering\": \"tf\","
            + " \"name\": \"pad\"}},"
            + "{\"class_name\": \"Convolution2D\", \"config\": {\"nb_filter\": 4, \"nb_row\": 7,"
            + " \"nb_col\": 5, \"subsample\": [2, 1], \"border_mode\": \"valid\", \"bias\": true,"
            + " \"activation\": \"linear\", \"dim_ordering\": \"tf\", \"name\": \"conv1\"}},"
            + "{\"class_name\": \"Dropout\", \"config\": {\"p\": 0.5, \"name\": \"drop\"}},"
            + "{\"class_name\": \"Flatten\", \"config\": {\"name\": \"flat\"}},"
            + "{\"class_name\": \"Dense\", \"config\": {\"output_dim\": 2,"
            + " \"activation\": \"linear\", \"name\": \"fc\"}},"
            + "{\"class_name\": \"Activation\", \"config\": {\"activation\": \"softmax\","
            + " \"name\": \"probabilities\"}}]}";
    KerasConfig config = KerasConfig.parse(json, "old.h5");
    Window window = Window.valid(7, 5, 2, 1);
    List<LayerInfo> network =
        List.of(
            new LayerInfo(
                "input_1", "", new LayerConfig.Input(), List.of(9, 8, 3), 0, 0, List.of()),
            new LayerInfo(
                "zero_padding2d_1",
                "",
                new LayerConfig.ZeroPadding(3, 3, 3, 3),
                List.of(15, 14, 3),
                0,
                0,
                List.of("input_1")),
            new LayerInfo(
                "conv1",
                "",
                new LayerConfig.Convolution(window, 4, true),
                List.of(5, 10, 4),
                0,
                0,
                List.of("zero_padding2d_1")),
            new LayerInfo(
                "fc", "", new LayerConfig.Classification(2), List.of(2), 0, 0, List.of("conv1")));
    assertThat(config.differences(network)).isEmpty();
    assertThat(config.height()).hasValue(9);
    assertThat(config.width()).hasValue(8);
    assertThat(config.channels()).hasValue(3);
  }

  @Test
  void layersOfNestedModelsStandInTheModelsPlace() {
    KerasConfig config =
        KerasConfig.parse(
            KerasFiles.read(KerasVariantsTest.resource("keras3_nested.keras")).config(), "nested");
    assertThat(config.layers())
        .extracting(KerasLayer::name)
        .containsExactly("input_layer", "conv1", "bn1", "relu", "conv2", "predictions");
    assertThat(config.layers().get(3).inputs()).containsExactly("bn1");
    assertThat(config.layers().get(1).inputs()).containsExactly("input_layer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "3",
        "{}",
        "{\"class_name\": 3}",
        "{\"class_name\": []}",
        "{\"class_name\": \"Model\", \"config\": {\"layers\": [3]}}",
        "{\"class_name\": \"Model\", \"config\": {\"layers\": [{}]}}",
        "{\"class_name\": \"M\", \"config\": {\"layers\": [{\"class_name\": \"A\","
            + " \"inbound_nodes\": 3}]}}"
      })
  void whatIsNoConfigurationIsRefusedOrEmpty(String json) {
    if (json.equals("{\"class_name\": 3}")) {
      assertThat(KerasConfig.parse(json, "model.h5").height()).isEmpty();
    } else {
      assertThatThrownBy(() -> KerasConfig.parse(json, "model.h5"))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("cannot read 'model.h5': its model_config is ");
    }
  }

  @Test
  void deepNestingAndCyclesEnd() {
    assertThatThrownBy(() -> KerasConfig.parse("[".repeat(100_000), "model.h5"))
        .isInstanceOf(ModelFileException.class);
    String cycle =
        "{\"class_name\": \"Model\", \"config\": {\"layers\": ["
            + "{\"class_name\": \"Add\", \"name\": \"a\", \"inbound_nodes\": [[[\"b\", 0, 0]]]},"
            + "{\"class_name\": \"Flatten\", \"name\": \"b\", \"inbound_nodes\": [[[\"a\", 0, 0]]]},"
            + "{\"class_name\": \"Flatten\", \"name\": \"c\", \"inbound_nodes\": [[[\"c\", 0, 0]]]},"
            + "{\"class_name\": \"Add\", \"name\": \"d\", \"inbound_nodes\": [[[\"c\", 0, 0]]]}]}}";
    assertThat(KerasConfig.parse(cycle, "model.h5").differences(network())).isNotEmpty();
  }
}
