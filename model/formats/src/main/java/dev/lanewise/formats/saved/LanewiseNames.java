package dev.lanewise.formats.saved;

/**
 * Names of what a model file holds beside its producer's own: attributes of an HDF5 file's root, or
 * metadata of a safetensors file.
 */
public final class LanewiseNames {
  /** Version of these attributes in HDF5 that this code writes, and the newest it reads. */
  public static final long HDF5_VERSION = 2;

  public static final String FORMAT = "lanewise_format";
  public static final String NETWORK = "lanewise_network";
  public static final String INPUT_SHAPE = "lanewise_input_shape";
  public static final String CLASS_NAMES = "lanewise_class_names";
  public static final String LOSS = "lanewise_training_loss";
  public static final String METRICS = "lanewise_training_metrics";
  public static final String EPOCHS = "lanewise_training_epochs";
  public static final String BATCH_SIZE = "lanewise_training_batch_size";
  public static final String SEED = "lanewise_training_seed";
  public static final String OPTIMIZER = "lanewise_optimizer";

  /** Followed by the setting's name. */
  public static final String OPTIMIZER_CONFIG = "lanewise_optimizer_config_";

  /** Followed by the attribute's name. */
  public static final String ATTRIBUTE = "lanewise_attribute_";

  private LanewiseNames() {}
}
