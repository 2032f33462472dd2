package dev.lanewise.formats.io;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedState;
import dev.lanewise.formats.saved.SavedTraining;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Checksums of all that a model's file says beside the values of its arrays: texts, numbers, and
 * the arrays' names and shapes. They are of the model and not of a file's bytes, so that every
 * format has them alike; what has no order in some format goes by its name.
 */
public final class ModelChecksum {
  private final CRC32C sum = new CRC32C();

  private ModelChecksum() {}

  /**
   * Returns the checksum of what every reader of a model reads.
   *
   * @param state the fingerprint of the file with the state of its training; null where it has none
   */
  public static long ofModel(SavedModel model, String state) {
    ModelChecksum checksum = new ModelChecksum();
    checksum.add(model.network());
    checksum.add(model.height());
    checksum.add(model.width());
    checksum.add(model.channels());
    checksum.add(model.classNames());
    checksum.addLayers(model.layers());
    checksum.add(model.training());
    new TreeMap<>(model.attributes()).forEach(checksum::add);
    if (state != null) {
      checksum.add(state);
    }
    return checksum.sum.getValue();
  }

  /** Returns the checksum of what only training reads: the optimiser, and the further copies. */
  public static long ofState(SavedState state) {
    ModelChecksum checksum = new ModelChecksum();
    SavedOptimizer optimizer = state.optimizer();
    if (optimizer != null) {
      checksum.add(optimizer.name());
      for (Map.Entry<String, Double> setting : new TreeMap<>(optimizer.config()).entrySet()) {
        checksum.add(setting.getKey());
        checksum.add(Double.doubleToLongBits(setting.getValue()));
      }
      checksum.add(optimizer.iterations());
      checksum.addSlots(optimizer.slots());
    }
    checksum.addSlots(state.copies());
    return checksum.sum.getValue();
  }

  /**
   * Compares a model that was read with the checksum in its file.
   *
   * @param state as {@link #ofModel}
   * @param wanted the file's checksum of the model; null where it has none
   * @throws FormatException where it differs
   */
  public static void check(SavedModel model, String state, String wanted) {
    if (wanted != null) {
      Checksum.check("what it says of the model", ofModel(model, state), wanted);
    }
  }

  /**
   * Compares the state of a training that was read with the checksum in its file.
   *
   * @param wanted the file's checksum of the state; null where it has none
   * @throws FormatException where it differs
   */
  public static void check(SavedState state, String wanted) {
    if (wanted != null) {
      Checksum.check("what it says of the optimiser", ofState(state), wanted);
    }
  }

  private void addSlots(List<SavedSlot> slots) {
    add(slots.size());
    slots.stream()
        .sorted(Comparator.comparing(SavedSlot::name))
        .forEach(
            slot -> {
              add(slot.name());
              addLayers(slot.layers());
            });
  }

  private void addLayers(List<SavedLayer> layers) {
    add(layers.size());
    layers.stream()
        .sorted(Comparator.comparing(SavedLayer::name))
        .forEach(
            layer -> {
              add(layer.name());
              add(layer.arrays().size());
              layer.arrays().stream()
                  .sorted(Comparator.comparing(SavedArray::name))
                  .forEach(array -> add(array.name(), array.shapeText()));
            });
  }

  private void add(SavedTraining training) {
    if (training != null) {
      add(training.loss());
      add(training.metrics());
      add(training.epochs());
      add(training.batchSize());
      add(training.seed());
    }
  }

  private void add(List<String> texts) {
    add(texts.size());
    texts.forEach(this::add);
  }

  private void add(String name, String text) {
    add(name);
    add(text);
  }

  /** Adds a text behind its length, so that no two lists of texts give the same bytes. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    sum.update(bytes);
  }

  private void add(long number) {
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }
}
