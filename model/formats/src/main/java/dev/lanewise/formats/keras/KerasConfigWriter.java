package dev.lanewise.formats.keras;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code model_config} and {@code training_config} in the form that every version of Keras
 * since 2.0 reads: a functional model of class {@code Model}, with connections in lists.
 *
 * <p>What has the same default in all versions is left out (initialisers, regularisers,
 * constraints): the weights that go with it replace what an initialiser would draw.
 */
final class KerasConfigWriter {
  private static final String CLASS_NAME = "class_name";
  private static final String CONFIG = "config";
  private static final String NAME = "name";
  private static final String ACTIVATION = "activation";
  private static final String TRAINABLE = "trainable";
  private static final String CHANNELS_LAST = "channels_last";
  private static final String DATA_FORMAT = "data_format";

  private KerasConfigWriter() {}

  /**
   * Returns a {@code model_config}.
   *
   * @param name the model's name
   * @param layers all layers, in the order in which Keras is to list them
   */
  static String model(String name, List<LayerInfo> layers) {
    return text(object("Model", functional(name, layers)));
  }

  /**
   * Returns what a {@code .keras} archive says of a model. Keras 3 finds its class by module and
   * registered name; the layers within it may be said as ever.
   *
   * @param name the model's name
   * @param layers all layers, in the order in which Keras is to list them
   */
  static String archived(String name, List<LayerInfo> layers) {
    JsonObject model = object("Functional", functional(name, layers));
    model.addProperty("module", "keras.src.models.functional");
    model.addProperty("registered_name", "Functional");
    return text(model);
  }

  private static JsonObject functional(String name, List<LayerInfo> layers) {
    JsonArray list = new JsonArray();
    layers.forEach(layer -> list.add(layer(layer)));
    JsonObject config = new JsonObject();
    config.addProperty(NAME, name);
    config.add("layers", list);
    config.add("input_layers", tensors(List.of(layers.get(0).name()), null));
    config.add("output_layers", tensors(List.of(layers.get(layers.size() - 1).name()), null));
    return config;
  }

  private static JsonObject object(String type, JsonObject config) {
    JsonObject object = new JsonObject();
    object.addProperty(CLASS_NAME, type);
    object.add(CONFIG, config);
    return object;
  }

  /** Gson leaves out what is null unless it is told not to. */
  private static String text(JsonObject object) {
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(object);
  }

  private static JsonObject layer(LayerInfo layer) {
    JsonObject config = new JsonObject();
    config.addProperty(NAME, layer.name());
    if (!layer.inputs().isEmpty()) {
      // A layer that keeps values and trains none is frozen.
      config.addProperty(TRAINABLE, layer.trainable() > 0 || layer.nonTrainable() == 0);
    }
    addSettings(layer, config);
    JsonObject object = object(layer.type(), config);
    object.addProperty(NAME, layer.name());
    JsonArray nodes = new JsonArray();
    if (!layer.inputs().isEmpty()) {
      nodes.add(tensors(layer.inputs(), arguments(layer)));
    }
    object.add("inbound_nodes", nodes);
    return object;
  }

  private static JsonArray inputShape(LayerInfo layer) {
    JsonArray shape = new JsonArray();
    shape.add(JsonNull.INSTANCE);
    layer.outputShape().forEach(shape::add);
    return shape;
  }

  /** Returns the arguments of a layer's call: how a normalisation is told to normalise. */
  private static JsonObject arguments(LayerInfo layer) {
    JsonObject arguments = new JsonObject();
    if (layer.config() instanceof LayerConfig.BatchNormalization norm
        && norm.mode() != BatchNorm.Mode.BY_PHASE) {
      arguments.addProperty("training", norm.mode() == BatchNorm.Mode.ALWAYS_BATCH);
    }
    return arguments;
  }

  /** Returns {@code [["conv1", 0, 0]]}; with call arguments behind each where there are any. */
  private static JsonArray tensors(List<String> layers, JsonObject arguments) {
    JsonArray tensors = new JsonArray();
    for (String layer : layers) {
      JsonArray tensor = new JsonArray();
      tensor.add(layer);
      tensor.add(0);
      tensor.add(0);
      if (arguments != null) {
        tensor.add(arguments);
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  private static void addSettings(LayerInfo layer, JsonObject config) {
    switch (layer.config()) {
      case LayerConfig.Input input -> {
        config.add("batch_input_shape", inputShape(layer));
        config.addProperty("dtype", "float32");
        config.addProperty("sparse", false);
      }
      case LayerConfig.Convolution conv -> {
        if (conv.depthwise()) {
          config.addProperty("depth_multiplier", conv.filters() / conv.groups());
        } else {
          config.addProperty("filters", conv.filters());
        }
        // TF-Keras before 2.3 knows no groups.
        if (conv.groups() > 1 && !conv.depthwise()) {
          config.addProperty("groups", conv.groups());
        }
        addWindow(conv.window(), "kernel_size", config);
        config.addProperty(DATA_FORMAT, CHANNELS_LAST);
        config.add("dilation_rate", pair(conv.window().dh(), conv.window().dw()));
        config.addProperty(ACTIVATION, "linear");
        config.addProperty("use_bias", conv.bias());
      }
      case LayerConfig.BatchNormalization norm -> {
        config.addProperty("axis", layer.outputShape().size());
        config.addProperty("momentum", norm.momentum());
        config.addProperty("epsilon", norm.epsilon());
        config.addProperty("center", true);
        config.addProperty("scale", true);
      }
      case LayerConfig.Activated activated ->
          KerasActivation.addSettings(activated.function(), config);
      case LayerConfig.ZeroPadding zeros -> {
        JsonArray padding = new JsonArray();
        padding.add(pair(zeros.top(), zeros.bottom()));
        padding.add(pair(zeros.left(), zeros.right()));
        config.add("padding", padding);
        config.addProperty(DATA_FORMAT, CHANNELS_LAST);
      }
      case LayerConfig.Pooling pooling -> {
        if (pooling.kind() != Pool.Kind.GLOBAL_AVERAGE) {
          addWindow(pooling.window(), "pool_size", config);
        }
        config.addProperty(DATA_FORMAT, CHANNELS_LAST);
      }
      case LayerConfig.Classification dense -> {
        config.addProperty("units", dense.units());
        config.addProperty(ACTIVATION, dense.activation().text());
        config.addProperty("use_bias", true);
      }
      case LayerConfig.Reshaping reshaping -> {
        JsonArray shape = pair(1, 1);
        shape.add(reshaping.channels());
        config.add("target_shape", shape);
      }
      case LayerConfig.Multiplication multiplication -> {}
      case LayerConfig.Concatenation concatenation -> config.addProperty("axis", 3);
      case LayerConfig.Dense dense -> {
        config.addProperty("units", dense.units());
        config.addProperty(ACTIVATION, "linear");
        config.addProperty("use_bias", true);
      }
      case LayerConfig.Dropout dropout -> config.addProperty("rate", dropout.rate());
      case LayerConfig.Addition addition -> {}
      case LayerConfig.Flattening flattening -> {}
    }
  }

  private static void addWindow(Window window, String size, JsonObject config) {
    config.add(size, pair(window.kh(), window.kw()));
    config.add("strides", pair(window.sh(), window.sw()));
    config.addProperty("padding", name(window.padding()));
  }

  private static JsonArray pair(int a, int b) {
    JsonArray pair = new JsonArray();
    pair.add(a);
    pair.add(b);
    return pair;
  }

  /** Returns Keras's name of a padding. */
  static String name(Padding padding) {
    return padding.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns a {@code training_config}, without the metrics that not every version of Keras has;
   * null where Keras has no such optimiser or loss.
   *
   * @param optimizer its settings; {@code nesterov} counts as a flag, a weight decay of 0 as none
   */
  static String training(SavedTraining training, SavedOptimizer optimizer) {
    if (!KerasNames.isKerasOptimizer(optimizer.name())
        || !KerasNames.isKerasLoss(training.loss())) {
      return null;
    }
    JsonObject settings = new JsonObject();
    for (Map.Entry<String, Double> setting : new TreeMap<>(optimizer.config()).entrySet()) {
      switch (setting.getKey()) {
        case "nesterov" -> settings.addProperty(setting.getKey(), setting.getValue() != 0);
        case "weight_decay" -> {
          // Versions before 2.11 do not know it.
          if (setting.getValue() != 0) {
            settings.addProperty(setting.getKey(), setting.getValue());
          }
        }
        default -> settings.addProperty(setting.getKey(), setting.getValue());
      }
    }
    JsonArray metrics = new JsonArray();
    training.metrics().stream().filter(KerasNames::isKerasMetric).forEach(metrics::add);
    JsonObject config = new JsonObject();
    config.add("optimizer_config", object(KerasNames.optimizerScope(optimizer.name()), settings));
    config.addProperty("loss", training.loss());
    config.add("metrics", metrics);
    for (String none : List.of("weighted_metrics", "sample_weight_mode", "loss_weights")) {
      config.add(none, JsonNull.INSTANCE);
    }
    return text(config);
  }
}
