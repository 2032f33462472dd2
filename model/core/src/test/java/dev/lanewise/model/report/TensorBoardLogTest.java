package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Stripes;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Recipe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files read back by what is written here from the formats alone. */
class TensorBoardLogTest {
  /** The start of every event file of TensorFlow: a record of 24 bytes, whose first is a time. */
  private static final String START_OF_TENSORFLOW = "1800000000000000a37f4b2209";

  @TempDir private Path folder;

  /** CRC32C (RFC 3720) bit by bit. */
  private static int checksum(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 255;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static int masked(byte[] data) {
    int crc = checksum(data);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  @Test
  void checksumOfThisTestIsCrc32c() {
    assertThat(checksum("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    assertThat(checksum(new byte[32])).isEqualTo(0x8a9136aa);
  }

  private static List<byte[]> records(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  /** Returns the fields of a message by their numbers: Long, Double, Float or byte[]. */
  private static Map<Integer, List<Object>> message(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      Object value =
          switch (key & 7) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 5 -> in.getFloat();
            case 2 -> {
              byte[] bytes = new byte[(int) varint(in)];
              in.get(bytes);
              yield bytes;
            }
            default -> throw new AssertionError("kind " + (key & 7));
          };
      fields.computeIfAbsent(key >> 3, number -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte b;
    do {
      b = in.get();
      value |= (b & 127L) << shift;
      shift += 7;
    } while (b < 0);
    return value;
  }

  /** Returns an event as {@code step tag=value tag=value}. */
  private static String text(byte[] event) {
    Map<Integer, List<Object>> fields = message(event);
    StringBuilder text = new StringBuilder().append(fields.get(2).get(0));
    for (Object value : message((byte[]) fields.get(5).get(0)).get(1)) {
      Map<Integer, List<Object>> one = message((byte[]) value);
      text.append(' ').append(new String((byte[]) one.get(1).get(0), StandardCharsets.UTF_8));
      text.append('=').append(one.get(2).get(0));
    }
    return text.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void eventsReadBack() throws IOException {
    TensorBoardLog log = new TensorBoardLog(folder, 2, null);
    log.onTrainBegin(Runs.at(0));
    for (int epoch = 1; epoch <= 100; epoch++) {
      log.onStepEnd(Runs.step(epoch, 1));
      log.onStepEnd(Runs.step(epoch, 2));
      log.onEpochEnd(Runs.epoch(epoch));
    }
    log.onTrainEnd(new History(List.of()));
    Path file = files().getFirst();
    assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\..+");
    byte[] start = Arrays.copyOf(Files.readAllBytes(file), START_OF_TENSORFLOW.length() / 2);
    assertThat(HexFormat.of().formatHex(start)).isEqualTo(START_OF_TENSORFLOW);
    List<byte[]> records = records(file);
    Map<Integer, List<Object>> first = message(records.getFirst());
    assertThat((byte[]) first.get(3).get(0)).asString().isEqualTo("brain.Event:2");
    double now = System.currentTimeMillis() / 1000.0;
    assertThat((double) first.get(1).get(0)).isBetween(now - 600, now + 1);
    assertThat(records).hasSize(201);
    assertThat(text(records.get(1))).isEqualTo("2 step/loss=1.5 step/learning_rate=0.001");
    assertThat(text(records.get(2))).isEqualTo("1 loss=1.0 accuracy=0.25 learning_rate=0.001");
    // A step that takes two bytes.
    assertThat(text(records.get(199))).startsWith("200 step/loss=1.5");
  }

  @Test
  void pictureOfTheAugmentationReadsBack() throws IOException {
    TensorBoardLog log = new TensorBoardLog(folder, 1, new Stripes(9, 2));
    log.onTrainBegin(Runs.with(Recipe.PLAIN.withAugmentation("flip(chance=1)")));
    log.onTrainEnd(new History(List.of()));
    Map<Integer, List<Object>> event = message(records(files().getFirst()).get(1));
    byte[] summary = (byte[]) event.get(5).get(0);
    Map<Integer, List<Object>> value = message((byte[]) message(summary).get(1).get(0));
    assertThat((byte[]) value.get(1).get(0)).asString().isEqualTo("augmentation");
    Map<Integer, List<Object>> picture = message((byte[]) value.get(4).get(0));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream((byte[]) picture.get(4).get(0)));
    assertThat(picture.get(1)).containsExactly((long) read.getHeight());
    assertThat(picture.get(2)).containsExactly((long) read.getWidth());
    assertThat(picture.get(3)).containsExactly(3L);
    assertThat(read.getWidth()).isGreaterThan(read.getHeight());
  }

  @Test
  void eachTrainingHasAFileOfItsOwn() throws IOException {
    for (int i = 0; i < 3; i++) {
      TensorBoardLog log = new TensorBoardLog(folder, 1, null);
      log.onTrainBegin(Runs.at(0));
      log.onTrainFailed(new IllegalStateException());
    }
    assertThat(files()).hasSize(3);
  }
}
