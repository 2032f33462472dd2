package dev.lanewise.formats.saved;

/**
 * Names of what a model file holds beside its producer's own: attributes of an HDF5 file's root, or
 * metadata of a safetensors file.
 */
public final class LanewiseNames {
  /** Version of these attributes in HDF5 that this code writes, and the newest it reads. */
  public static final long HDF5_VERSION = 2;

  /** Version of what Lanewise adds; a file without it is none of Lanewise's. */
  public static final String FORMAT = "lanewise_format";

  /** The spec's simple name: {@code "ResNet50"}. */
  public static final String NETWORK = "lanewise_network";

  /** Height, width and channels of the input images. */
  public static final String INPUT_SHAPE = "lanewise_input_shape";

  /** Names of the classes, by class index. */
  public static final String CLASS_NAMES = "lanewise_class_names";

  /** In HDF5, Keras's name of the loss; without it the file does not say how it was trained. */
  public static final String LOSS = "lanewise_training_loss";

  /** In HDF5, Keras's names of the metrics. */
  public static final String METRICS = "lanewise_training_metrics";

  /** In HDF5, the number of epochs done. */
  public static final String EPOCHS = "lanewise_training_epochs";

  /** In HDF5, the images per step. */
  public static final String BATCH_SIZE = "lanewise_training_batch_size";

  /** In HDF5, the seed of shuffling. */
  public static final String SEED = "lanewise_training_seed";

  /** In HDF5, the optimiser's name; in safetensors, its name, settings, steps done and slots. */
  public static final String OPTIMIZER = "lanewise_optimizer";

  /** Further sets of parameters: a group of HDF5, a text of safetensors with their names. */
  public static final String COPIES = "lanewise_copies";

  /**
   * The fingerprint of the file beside it that holds the state of the training; without it there is
   * none.
   */
  public static final String STATE = "lanewise_state";

  /** Version of a file that holds the state of a training alone. */
  public static final String STATE_FORMAT = "lanewise_state_format";

  /** Names of all layers in their order, where the layout does not tell them. */
  public static final String LAYERS = "lanewise_layers";

  /** Followed by the setting's name. */
  public static final String OPTIMIZER_CONFIG = "lanewise_optimizer_config_";

  /** Followed by the attribute's name. */
  public static final String ATTRIBUTE = "lanewise_attribute_";

  /** In HDF5, an attribute of each dataset: the CRC-32C of its values, as 8 hexadecimal digits. */
  public static final String CHECKSUM = "lanewise_crc32c";

  /** In safetensors, a JSON object of the tensors' names and their CRC-32C as 8 digits. */
  public static final String CHECKSUMS = "lanewise_crc32c_tensors";

  /** CRC-32C of all that a model's file says beside the values of arrays and the optimiser. */
  public static final String MODEL_CHECKSUM = "lanewise_crc32c_model";

  /** CRC-32C of what a model's file says of the optimiser, beside the values of arrays. */
  public static final String OPTIMIZER_CHECKSUM = "lanewise_crc32c_optimizer";

  private LanewiseNames() {}
}
