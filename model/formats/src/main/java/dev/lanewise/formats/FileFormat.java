package dev.lanewise.formats;

/**
 * Names within a model file. The groups and their attributes are those of Keras's {@code
 * model.save} in its HDF5 form; what Keras has no place for stands in the root's attributes that
 * begin with {@code lanewise_}.
 */
final class FileFormat {
  /** Version of the {@code lanewise_} attributes that this code writes, and the newest it reads. */
  static final long VERSION = 2;

  /** Keras's version whose layout this is; Keras takes files without one for version 1's. */
  static final String KERAS_VERSION = "2.3.1";

  /** Says that kernels are not flipped, as Theano's were. */
  static final String BACKEND = "tensorflow";

  /** Most bytes of an attribute: Keras's HDF5_OBJECT_HEADER_LIMIT. */
  static final int ATTRIBUTE_LIMIT = 64512;

  static final String KERAS_VERSION_NAME = "keras_version";
  static final String BACKEND_NAME = "backend";
  static final String MODEL_CONFIG = "model_config";
  static final String TRAINING_CONFIG = "training_config";
  static final String MODEL_WEIGHTS = "model_weights";
  static final String OPTIMIZER_WEIGHTS = "optimizer_weights";
  static final String LAYER_NAMES = "layer_names";
  static final String WEIGHT_NAMES = "weight_names";

  static final String FORMAT = "lanewise_format";
  static final String NETWORK = "lanewise_network";
  static final String INPUT_SHAPE = "lanewise_input_shape";
  static final String CLASS_NAMES = "lanewise_class_names";
  static final String LOSS = "lanewise_training_loss";
  static final String METRICS = "lanewise_training_metrics";
  static final String EPOCHS = "lanewise_training_epochs";
  static final String BATCH_SIZE = "lanewise_training_batch_size";
  static final String SEED = "lanewise_training_seed";
  static final String OPTIMIZER = "lanewise_optimizer";

  static final String LEARNING_RATE = "learning_rate";

  /** Followed by the setting's name. */
  static final String OPTIMIZER_CONFIG = "lanewise_optimizer_config_";

  /** Followed by the attribute's name. */
  static final String ATTRIBUTE = "lanewise_attribute_";

  private FileFormat() {}

  /** Returns TensorFlow's name of a variable: its first output. */
  static String variable(String name) {
    return name + ":0";
  }

  /** Returns whether Keras has an optimiser under {@link #optimizerScope}. */
  static boolean isKerasOptimizer(String optimizer) {
    return !optimizerScope(optimizer).equals(optimizer);
  }

  /** Returns the prefix of an optimiser's variables, Keras's class name. */
  static String optimizerScope(String optimizer) {
    switch (optimizer) {
      case "adam":
        return "Adam";
      case "sgd":
        return "SGD";
      default:
        return optimizer;
    }
  }
}
