package dev.lanewise.formats.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a safetensors file (huggingface.co/docs/safetensors): its length as an integer of
 * 64 bits, little-endian, and a JSON object {@code {"name": {"dtype": "F32", "shape": [2, 3],
 * "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}}. The tensors' bytes follow,
 * without gaps.
 *
 * @param metadata the texts of {@code __metadata__}
 * @param tensors all tensors, in the order of their bytes
 * @param checksum CRC-32C of the JSON object's bytes
 */
record SafetensorsHeader(Map<String, String> metadata, List<Tensor> tensors, long checksum) {
  /** Bytes before the JSON object. */
  static final int LENGTH_BYTES = Long.BYTES;

  /** Most bytes of the JSON object, as in the format's own library. */
  static final long LIMIT = 100_000_000;

  static final String METADATA = "__metadata__";

  /**
   * A tensor.
   *
   * @param type null where the type is not known
   * @param typeName the type as the file names it
   * @param shape extents, none negative; empty for a single value
   * @param begin position of the first byte in the file
   * @param end position after the last byte
   */
  record Tensor(
      String name, SafetensorsType type, String typeName, List<Long> shape, long begin, long end) {}

  /**
   * Reads the header of a file and checks that it describes the file.
   *
   * @throws FormatException saying what is wrong
   */
  static SafetensorsHeader read(FileChannel file) throws IOException {
    long size = file.size();
    if (size < LENGTH_BYTES) {
      throw new FormatException("it is cut off within its first 8 bytes");
    }
    ByteBuffer prefix = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    InputFile.readFully(file, prefix, 0);
    long length = prefix.getLong(0);
    if (length < 2 || length > LIMIT) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "its header is said to take %s bytes, and one takes from 2 to %d",
              Long.toUnsignedString(length),
              LIMIT));
    }
    if (length > size - LENGTH_BYTES) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "it is cut off, only %d bytes of the %d of its header are there",
              size - LENGTH_BYTES,
              length));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    InputFile.readFully(file, json, LENGTH_BYTES);
    SafetensorsHeader header = parse(json.array());
    header.checkBytes(size);
    return header;
  }

  private static SafetensorsHeader parse(byte[] json) {
    try (JsonReader reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()))) {
      reader.setStrictness(Strictness.STRICT);
      return new Parser(reader, LENGTH_BYTES + (long) json.length, Checksum.of(json)).parse();
    } catch (MalformedJsonException | EOFException e) {
      throw new FormatException("its header is not a JSON object", e);
    } catch (CharacterCodingException e) {
      throw new FormatException("its header is not UTF-8", e);
    } catch (IOException e) {
      throw new FormatException("its header cannot be read: " + e.getMessage(), e);
    }
  }

  /** Checks that the tensors' bytes follow each other and end where the file does. */
  private void checkBytes(long size) {
    long end = -1;
    String before = null;
    for (Tensor tensor : tensors) {
      if (before != null && tensor.begin() != end) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "%s between the bytes of the tensors '%s' and '%s', which must follow each other",
                tensor.begin() < end ? "there is an overlap" : "there is a gap",
                before,
                tensor.name()));
      }
      end = tensor.end();
      before = tensor.name();
    }
    if (end > size) {
      throw new FormatException(
          String.format(Locale.ROOT, "it is cut off, only %d of %d bytes are there", size, end));
    }
    if (end >= 0 && end < size) {
      throw new FormatException(
          String.format(
              Locale.ROOT, "its last %d bytes belong to no tensor of its header", size - end));
    }
  }

  /** Reads the JSON object, and checks each tensor by itself. */
  private static final class Parser {
    private final JsonReader json;
    private final long dataStart;
    private final long checksum;
    private Map<String, String> metadata;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    Parser(JsonReader json, long dataStart, long checksum) {
      this.json = json;
      this.dataStart = dataStart;
      this.checksum = checksum;
    }

    SafetensorsHeader parse() throws IOException {
      want(JsonToken.BEGIN_OBJECT, "its header", "an object");
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (name.equals(METADATA)) {
          refuseSecond(metadata, name);
          metadata = texts();
        } else {
          refuseSecond(tensors.put(name, tensor(name)), name);
        }
      }
      json.endObject();
      JsonToken rest = json.peek();
      if (rest != JsonToken.END_DOCUMENT) {
        throw new FormatException("its header goes on after its end, with " + rest);
      }
      List<Tensor> sorted = new ArrayList<>(tensors.values());
      sorted.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
      if (!sorted.isEmpty() && sorted.get(0).begin() != dataStart) {
        throw new FormatException(
            "there is a gap before the bytes of the tensor '" + sorted.get(0).name() + "'");
      }
      return new SafetensorsHeader(metadata == null ? Map.of() : metadata, sorted, checksum);
    }

    private Map<String, String> texts() throws IOException {
      want(JsonToken.BEGIN_OBJECT, "'" + METADATA + "'", "an object of texts");
      Map<String, String> texts = new LinkedHashMap<>();
      json.beginObject();
      while (json.hasNext()) {
        String key = json.nextName();
        want(JsonToken.STRING, "'" + key + "' of '" + METADATA + "'", "a text");
        refuseSecond(texts.put(key, json.nextString()), key);
      }
      json.endObject();
      return texts;
    }

    private Tensor tensor(String name) throws IOException {
      String what = "the tensor '" + name + "'";
      want(JsonToken.BEGIN_OBJECT, what, "an object");
      String type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      json.beginObject();
      while (json.hasNext()) {
        String key = json.nextName();
        switch (key) {
          case "dtype" -> {
            refuseSecond(type, key);
            want(JsonToken.STRING, "'dtype' of " + what, "a text");
            type = json.nextString();
          }
          case "shape" -> {
            refuseSecond(shape, key);
            shape = naturals("'shape' of " + what);
          }
          case "data_offsets" -> {
            refuseSecond(offsets, key);
            offsets = naturals("'data_offsets' of " + what);
          }
          default -> throw new FormatException(what + " has the unknown property '" + key + "'");
        }
      }
      json.endObject();
      if (type == null || shape == null || offsets == null || offsets.size() != 2) {
        throw new FormatException(
            what + " must have a dtype, a shape and data_offsets of two numbers");
      }
      return checked(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private Tensor checked(String name, String typeName, List<Long> shape, long begin, long end) {
      SafetensorsType type = null;
      for (SafetensorsType known : SafetensorsType.values()) {
        type = known.name().equals(typeName) ? known : type;
      }
      // Sums and differences of positions cannot overflow below this.
      long most = Long.MAX_VALUE / 64;
      if (begin > end || end > most) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "the tensor '%s' cannot stand in the bytes from %d to %d",
                name,
                begin,
                end));
      }
      if (type != null && bytes(shape, type.bits()) != end - begin) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "the tensor '%s' of %s %s does not take %d bytes",
                name,
                typeName,
                shape,
                end - begin));
      }
      return new Tensor(name, type, typeName, shape, dataStart + begin, dataStart + end);
    }

    /** Returns the bytes of a shape, -1 where there is no such number. */
    private static long bytes(List<Long> shape, int bits) {
      if (shape.contains(0L)) {
        return 0;
      }
      try {
        long total = bits;
        for (long extent : shape) {
          total = Math.multiplyExact(total, extent);
        }
        return total % 8 == 0 ? total / 8 : -1;
      } catch (ArithmeticException e) {
        return -1;
      }
    }

    private List<Long> naturals(String what) throws IOException {
      want(JsonToken.BEGIN_ARRAY, what, "a list of numbers");
      List<Long> numbers = new ArrayList<>();
      json.beginArray();
      while (json.hasNext()) {
        want(JsonToken.NUMBER, what, "a list of numbers");
        String digits = json.nextString();
        try {
          if (!digits.matches("[0-9]+")) {
            throw new NumberFormatException();
          }
          numbers.add(Long.valueOf(digits));
        } catch (NumberFormatException e) {
          throw new FormatException(
              what + " must hold whole numbers from 0 to 2^63 - 1, got " + digits, e);
        }
      }
      json.endArray();
      return numbers;
    }

    private void want(JsonToken token, String what, String wanted) throws IOException {
      if (json.peek() != token) {
        throw new FormatException(what + " must be " + wanted);
      }
    }

    private static void refuseSecond(Object first, String name) {
      if (first != null) {
        throw new FormatException("its header has '" + name + "' twice");
      }
    }
  }
}
