package dev.lanewise.formats.keras;

import java.util.Set;

/** Names within a file in the layout of Keras's {@code model.save} in its HDF5 form. */
final class KerasNames {
  /** Keras's version whose layout this is; Keras takes files without one for version 1's. */
  static final String VERSION = "2.3.1";

  /** Says that kernels are not flipped, as Theano's were. */
  static final String TENSORFLOW = "tensorflow";

  static final String KERAS_VERSION = "keras_version";
  static final String BACKEND = "backend";
  static final String MODEL_CONFIG = "model_config";
  static final String TRAINING_CONFIG = "training_config";
  static final String MODEL_WEIGHTS = "model_weights";
  static final String OPTIMIZER_WEIGHTS = "optimizer_weights";
  static final String LAYER_NAMES = "layer_names";
  static final String WEIGHT_NAMES = "weight_names";
  static final String LEARNING_RATE = "learning_rate";

  private static final Set<String> LOSSES =
      Set.of("categorical_crossentropy", "binary_crossentropy", "mean_squared_error");

  /** Those that every version since 2.0 finds by these names. */
  private static final Set<String> METRICS = Set.of("accuracy", "mean_absolute_error");

  private KerasNames() {}

  /** Returns TensorFlow's name of a variable: its first output. */
  static String variable(String name) {
    return name + ":0";
  }

  /** Returns whether Keras has a loss of Lanewise's name. */
  static boolean isKerasLoss(String loss) {
    return LOSSES.contains(loss);
  }

  /** Returns whether every version of Keras has a metric of Lanewise's name. */
  static boolean isKerasMetric(String metric) {
    return METRICS.contains(metric);
  }

  /** Returns whether Keras has an optimiser under {@link #optimizerScope}. */
  static boolean isKerasOptimizer(String optimizer) {
    return !optimizerScope(optimizer).equals(optimizer);
  }

  /** Returns the prefix of an optimiser's variables, Keras's class name. */
  static String optimizerScope(String optimizer) {
    return switch (optimizer) {
      case "adam" -> "Adam";
      case "sgd" -> "SGD";
      default -> optimizer;
    };
  }
}
