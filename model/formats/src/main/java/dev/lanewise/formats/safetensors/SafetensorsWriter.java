package dev.lanewise.formats.safetensors;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.Saved;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.torch.TorchLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a safetensors file: counters as I64 first, so that everything is aligned to its width,
 * then tensors as F32. Values are fetched one tensor at a time.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final List<TorchLayout.Tensor> tensors = new ArrayList<>();

  /** Starts a file for PyTorch. */
  SafetensorsWriter() {
    metadata.put("format", "pt");
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException where it has characters that UTF-8 cannot encode
   */
  void putMetadata(String key, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "the text '" + key + "' has a character that a file cannot hold");
    }
    metadata.put(key, text);
  }

  /** Adds the tensors of layers, whose names begin with a prefix. */
  void putLayers(String prefix, List<SavedLayer> layers) {
    for (SavedLayer layer : layers) {
      for (TorchLayout.Tensor tensor : TorchLayout.tensors(layer)) {
        tensors.add(
            new TorchLayout.Tensor(prefix + tensor.name(), tensor.shape(), tensor.values()));
      }
    }
  }

  /** Adds the counters that PyTorch's batch normalisations have. */
  void putCounters(List<SavedLayer> layers, long batches) {
    for (SavedLayer layer : layers) {
      if (TorchLayout.counts(layer)) {
        counters.put(layer.name() + "." + TorchLayout.BATCHES, batches);
      }
    }
  }

  /**
   * Writes everything into an empty file.
   *
   * @return the file's {@link SafetensorsReader#fingerprint}
   * @throws IllegalArgumentException where two tensors would have one name, or the header would be
   *     too long
   */
  public String write(FileChannel file) throws IOException {
    Saved.checkDistinct("tensors", tensors, TorchLayout.Tensor::name);
    Map<String, String> checksums = new LinkedHashMap<>();
    tensors.forEach(tensor -> checksums.put(tensor.name(), Checksum.text(0)));
    // The values are fetched once; their checksums take the place of these when they are known.
    byte[] header = header(checksums);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(header.length);
    writeAll(file, buffer.flip());
    writeAll(file, ByteBuffer.wrap(header));
    for (long counter : counters.values()) {
      writeAll(file, buffer.clear().putLong(counter).flip());
    }
    for (TorchLayout.Tensor tensor : tensors) {
      float[] values = tensor.values().get();
      checksums.put(tensor.name(), Checksum.text(Checksum.of(values)));
      for (int at = 0; at < values.length; at += CHUNK / Float.BYTES) {
        int count = Math.min(CHUNK / Float.BYTES, values.length - at);
        buffer.clear().limit(count * Float.BYTES);
        buffer.asFloatBuffer().put(values, at, count);
        writeAll(file, buffer);
      }
    }
    byte[] whole = header(checksums);
    file.position(Long.BYTES);
    writeAll(file, ByteBuffer.wrap(whole));
    return Checksum.text(Checksum.of(whole));
  }

  /**
   * Returns the JSON object, padded with blanks so that the data begin at a multiple of 8.
   *
   * @param checksums of the tensors by name, all of one length
   */
  private byte[] header(Map<String, String> checksums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      json.setHtmlSafe(false);
      json.beginObject();
      json.name(SafetensorsHeader.METADATA).beginObject();
      for (Map.Entry<String, String> text : metadata.entrySet()) {
        json.name(text.getKey()).value(text.getValue());
      }
      json.name(LanewiseNames.CHECKSUMS).value(object(checksums));
      json.endObject();
      long at = 0;
      for (String counter : counters.keySet()) {
        at = describe(json, counter, SafetensorsType.I64, List.of(), at);
      }
      for (TorchLayout.Tensor tensor : tensors) {
        at = describe(json, tensor.name(), SafetensorsType.F32, tensor.shape(), at);
      }
      json.endObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > SafetensorsHeader.LIMIT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "names and texts take %d bytes, where a safetensors file holds at most %d",
              bytes.size(),
              SafetensorsHeader.LIMIT));
    }
    return bytes.toByteArray();
  }

  private static String object(Map<String, String> texts) {
    JsonObject json = new JsonObject();
    texts.forEach(json::addProperty);
    return json.toString();
  }

  private static long describe(
      JsonWriter json, String name, SafetensorsType type, List<Long> shape, long begin)
      throws IOException {
    json.name(name).beginObject().name("dtype").value(type.name()).name("shape").beginArray();
    long end = type.bits() / 8;
    for (long extent : shape) {
      json.value(extent);
      end *= extent;
    }
    end += begin;
    json.endArray().name("data_offsets").beginArray().value(begin).value(end).endArray();
    json.endObject();
    return end;
  }

  private static void writeAll(FileChannel file, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
