package dev.lanewise.model;

import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.LayerTraining;
import dev.lanewise.model.run.TrainingState;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.Network;
import dev.lanewise.train.KernelInitializers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model file of Lanewise says of its model, beside weights and training. */
final class ModelFileOptions {
  private static final String PREPROCESSING = "preprocessing";
  private static final String HEAD = "head";

  /** Followed by the name of a text of the caller's own. */
  private static final String NOTE = "note_";

  /** Tells networks of one simple name apart. */
  private static final String PACKAGE = "network_package";

  private ModelFileOptions() {}

  /**
   * Returns what makes the network of a model file.
   *
   * @param from the file, for messages
   * @throws ModelException where the network is not there
   */
  static NetworkFactory factory(SavedModel saved, String from) {
    return Networks.ofFile(saved.network(), saved.attributes().get(PACKAGE), from).factory();
  }

  /**
   * Returns how to build the network of a model file.
   *
   * @param from the file, for messages
   * @throws ModelException where its classes are too few or its preprocessing is not known
   */
  static ModelOptions options(SavedModel saved, int threads, String from) {
    ModelOptions options;
    try {
      options =
          ModelOptions.of(
              saved.height(), saved.width(), saved.classNames(), head(saved.attributes(), from));
    } catch (ModelException e) {
      throw unusable(from, e);
    }
    // Zeros: nothing need be drawn that is overwritten at once.
    return options
        .withThreads(threads)
        .withInitializer(KernelInitializers.zeros())
        .withPreprocessing(preprocessing(saved.attributes(), from));
  }

  /**
   * Returns how the network of a model file takes images.
   *
   * @throws ModelException where that is not known
   */
  static Preprocessing preprocessing(Map<String, String> attributes, String from) {
    String text = attributes.get(PREPROCESSING);
    try {
      return text == null ? StandardPreprocessing.RESCALE : Preprocessing.ofText(text);
    } catch (IllegalArgumentException e) {
      throw unusable(from, e);
    }
  }

  /**
   * Returns what the network of a model file makes of its logits; softmax where it says nothing.
   */
  private static HeadActivation head(Map<String, String> attributes, String from) {
    String text = attributes.getOrDefault(HEAD, HeadActivation.SOFTMAX.text());
    return Arrays.stream(HeadActivation.values())
        .filter(head -> head.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new ModelException(from + " cannot be used: its head '" + text + "' is unknown"));
  }

  /** Adds the caller's own texts that a model file keeps. */
  static void restoreNotes(Map<String, String> attributes, Map<String, String> notes) {
    attributes.forEach(
        (name, text) -> {
          if (name.startsWith(NOTE)) {
            notes.put(name.substring(NOTE.length()), text);
          }
        });
  }

  private static ModelException unusable(String from, Exception e) {
    return new ModelException(from + " cannot be used: " + e.getMessage(), e);
  }

  /** Returns what a model file keeps by name. */
  static Map<String, String> attributes(
      Network network,
      Preprocessing preprocessing,
      LayerTraining layers,
      TrainingState training,
      Map<String, String> notes) {
    Map<String, String> attributes = new LinkedHashMap<>();
    String packageName = network.getClass().getPackageName();
    if (!packageName.isEmpty()) {
      attributes.put(PACKAGE, packageName);
    }
    attributes.put(PREPROCESSING, preprocessing.text());
    if (network.head() != HeadActivation.SOFTMAX) {
      attributes.put(HEAD, network.head().text());
    }
    layers.save(attributes);
    training.save(attributes);
    notes.forEach((name, text) -> attributes.put(NOTE + name, text));
    return attributes;
  }
}
