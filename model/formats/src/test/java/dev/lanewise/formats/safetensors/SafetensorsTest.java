package dev.lanewise.formats.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.Samples;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.torch.DenseRows;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Safetensors as PyTorch's users have them. The file among the resources was made with numpy, byte
 * for byte as the format's own library lays it out.
 */
class SafetensorsTest {
  @TempDir Path folder;

  private static Path resource() {
    try {
      return Path.of(SafetensorsTest.class.getResource("torch_types.safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<SavedLayer> layers(Path path) {
    return WeightFiles.use(
        path, saved -> saved.layers().stream().map(SavedLayer::fetched).toList());
  }

  private Path file(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, dataBytes);
  }

  private Path file(long length, byte[] json, int dataBytes) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    Path path = folder.resolve("file");
    try {
      Files.write(path, bytes.array());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return path;
  }

  private void assertRefused(String why, Path path) {
    assertThatThrownBy(() -> layers(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("cannot read '" + path + "': ")
        .hasMessageContaining(why);
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return String.format(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}", name, type, shape, offsets);
  }

  @Test
  void everyTypeAndLayoutOfPyTorchBecomesKeras() {
    float[] kernel = new float[24];
    for (int oc = 0; oc < 2; oc++) {
      for (int ic = 0; ic < 3; ic++) {
        for (int hw = 0; hw < 4; hw++) {
          kernel[(hw * 3 + ic) * 2 + oc] = ((oc * 3 + ic) * 4 + hw) / 8f;
        }
      }
    }
    int[] two = {2};
    assertThat(layers(resource()))
        .containsExactlyInAnyOrder(
            new SavedLayer(
                "conv1", List.of(new SavedArray("kernel", new int[] {2, 2, 3, 2}, kernel))),
            new SavedLayer(
                "bn1",
                List.of(
                    new SavedArray("gamma", two, new float[] {1.5f, Float.POSITIVE_INFINITY}),
                    new SavedArray("beta", two, new float[] {1, -0.0f}),
                    new SavedArray("moving_mean", two, new float[] {3e38f, 1e-40f}),
                    new SavedArray("moving_variance", two, new float[] {0.5f, 2}))),
            new SavedLayer(
                "fc",
                List.of(
                    new SavedArray(
                        "kernel", new int[] {2, 3}, new float[] {0, 0.5f, 1, 0.25f, 0.75f, 1.25f}),
                    new SavedArray("bias", new int[] {3}, new float[] {1, -2, 3.140625f}))));
  }

  @Test
  void isToldByContentAndNotInTheNetworksOrder() {
    assertThat(ModelFiles.isModel(resource())).isFalse();
    WeightFiles.use(
        resource(),
        saved -> {
          assertThat(saved.named()).isTrue();
          assertThat(saved.ordered()).isFalse();
          assertThat(DenseRows.channelsFirst(saved)).isTrue();
          return null;
        });
    assertThatThrownBy(() -> ModelFiles.load(resource()))
        .hasMessageContaining("it is a safetensors file, but not a Lanewise model");
  }

  /** Weights alone, and a model that is to be trained on: the same tensors. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theTensorsAreExactlyPyTorchs(boolean model) throws IOException {
    Path path = folder.resolve("weights.safetensors");
    if (model) {
      ModelFiles.save(path, Samples.full(), List.of());
    } else {
      ModelFiles.saveWeights(path, Samples.layers(), List.of());
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong(0));
    assertThat(length % 8).isZero();
    String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
    // Texts of Lanewise's own, which PyTorch does not look at; none of them holds a brace and a
    // comma.
    String own = ",\"lanewise_.*?\\}\"\\},";
    assertThat(header.stripTrailing().replaceFirst(own, "},"))
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + String.join(
                    ",",
                    tensor("bn_conv1.num_batches_tracked", "I64", "[]", "[0,8]"),
                    tensor("conv1.weight", "F32", "[5,3,3,2]", "[8,368]"),
                    tensor("conv1.bias", "F32", "[5]", "[368,388]"),
                    tensor("bn_conv1.weight", "F32", "[5]", "[388,408]"),
                    tensor("bn_conv1.bias", "F32", "[5]", "[408,428]"),
                    tensor("bn_conv1.running_mean", "F32", "[5]", "[428,448]"),
                    tensor("bn_conv1.running_var", "F32", "[5]", "[448,468]"),
                    tensor("fc2.weight", "F32", "[2,20]", "[468,628]"),
                    tensor("fc2.bias", "F32", "[2]", "[628,636]"))
                + "}");
    assertThat(bytes.capacity()).isEqualTo(8 + length + 636);
    assertThat(bytes.getLong(8 + length)).isEqualTo(model ? 3_000_000_000L : 0);
    float[] kernel = Samples.layers().get(1).arrays().get(0).values();
    // [oc=3, ic=1, kh=2, kw=0] of PyTorch is [2, 0, 1, 3] of Keras.
    int torch = ((3 * 3 + 1) * 3 + 2) * 2;
    assertThat(bytes.getFloat(8 + length + 8 + 4 * torch))
        .isEqualTo(kernel[((2 * 2 + 0) * 3 + 1) * 5 + 3]);
    assertThat(layers(path))
        .containsExactlyInAnyOrderElementsOf(
            Samples.layers().stream().filter(layer -> !layer.arrays().isEmpty()).toList());
  }

  @Test
  void aModelOfTheFirstFormatIsReadStill() {
    // Written by a release that kept the state of the training in the same file.
    Path path = Samples.resource("lanewise_format_1.safetensors");
    assertThat(ModelFiles.load(path)).isEqualTo(Samples.full());
  }

  @Test
  void namesOfOtherFormatsAreNotWritten() {
    for (String name : List.of("a.keras", "a.npz", "a.pt")) {
      Path path = folder.resolve(name);
      assertThatThrownBy(() -> ModelFiles.saveWeights(path, Samples.layers(), List.of()))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("cannot save to '" + path + "'");
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void damagedMetadataOfAModelAreRefused() {
    String[][] damages = {
      {"\"lanewise_format\":\"2\"", "\"lanewise_format\":\"9\"", "reads versions 1 and 2"},
      {"[64,48,3]", "[64,48,x]", "the file is damaged"},
      {"[64,48,3]", "[64,-4,3]", "the file is damaged"},
      {
        "[64,48,3]",
        "[64,48,3 ",
        "damaged': the file is damaged: 'lanewise_input_shape' is not JSON"
      },
      {"[64,48,3]", "[64,48]  ", "must hold height, width and channels"},
      {"lanewise_layers", "lanewise_lawyers", "'lanewise_layers' is missing"},
      {"\\\"epochs\\\":20", "\\\"epochs\\\":[]", "the file is damaged"}
    };
    Path path = folder.resolve("model.safetensors");
    ModelFiles.save(path, Samples.full(), List.of());
    for (String[] damage : damages) {
      try {
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(damage[0]);
        String damaged = text.replace(damage[0], damage[1]);
        byte[] changed = damaged.getBytes(StandardCharsets.ISO_8859_1);
        // The header grows or shrinks with its texts.
        ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, buffer.getLong(0) + changed.length - bytes.length);
        Path copy = Files.write(folder.resolve("damaged"), changed);
        assertThatThrownBy(() -> ModelFiles.use(copy, false, SavedModel::fetched))
            .as(damage[1])
            .isInstanceOf(ModelFileException.class)
            .hasMessageContaining(damage[2]);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void headersThatDoNotDescribeTheirFile() {
    String conv = tensor("c.weight", "F32", "[1,1,1,2]", "[0,8]");
    assertThat(layers(file("{" + conv + "}", 8))).hasSize(1);
    assertRefused("it is cut off, only", file("{" + conv + "}", 7));
    assertRefused("its last 1 bytes belong to no tensor", file("{" + conv + "}", 9));
    byte[] json = ("{" + conv + "}").getBytes(StandardCharsets.UTF_8);
    assertRefused("of its header are there", file(json.length + 20L, json, 0));
    assertRefused("its header is said to take 100000001 bytes", file(100_000_001, json, 0));
    assertRefused("its header is not a JSON object", file("{" + conv, 8));
    assertRefused("its header is not a JSON object", file("{'a':1}", 8));
    assertRefused("its header is not a JSON object", file("{" + conv + "}{}", 8));
    assertRefused("not UTF-8", file(4, new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'}, 0));
    assertRefused("its header has 'c.weight' twice", file("{" + conv + "," + conv + "}", 8));
    assertRefused(
        "its header has '__metadata__' twice",
        file("{\"__metadata__\":{},\"__metadata__\":{}}", 0));
    assertRefused("'a' of '__metadata__' must be a text", file("{\"__metadata__\":{\"a\":1}}", 0));
    assertRefused("'__metadata__' must be an object", file("{\"__metadata__\":[]}", 0));
  }

  @Test
  void tensorsThatCannotBe() {
    assertRefused("an overlap", two("[0,8]", "[4,12]", 12));
    assertRefused("a gap between", two("[0,8]", "[12,20]", 20));
    assertRefused("a gap before", two("[4,12]", "[12,20]", 20));
    assertRefused("cannot stand in the bytes from 8 to 0", two("[8,0]", "[0,8]", 8));
    assertRefused("cannot stand in", two("[0,9223372036854775807]", "[0,8]", 8));
    assertRefused("must hold whole numbers", two("[-8,0]", "[0,8]", 8));
    assertRefused("must hold whole numbers", two("[0,8.0]", "[0,8]", 8));
    assertRefused("must hold whole numbers", two("[0,99999999999999999999]", "[0,8]", 8));
    assertRefused("data_offsets of two numbers", two("[0]", "[0,8]", 8));
    assertRefused("must be a list of numbers", two("\"x\"", "[0,8]", 8));
    assertRefused("must be a list of numbers", two("[\"0\",8]", "[0,8]", 8));
    assertRefused(
        "of F32 [3] does not take 8 bytes",
        file("{" + tensor("c.bias", "F32", "[3]", "[0,8]") + "}", 8));
    assertRefused(
        "must hold whole numbers", file("{" + tensor("c.bias", "F32", "[-2]", "[0,8]") + "}", 8));
    assertRefused(
        "does not take 8 bytes",
        file("{" + tensor("c.bias", "F32", "[4611686018427387905,4]", "[0,8]") + "}", 8));
    assertRefused("must be an object", file("{\"c.weight\":[]}", 0));
    assertRefused("unknown property 'size'", file("{\"c.weight\":{\"size\":1}}", 0));
    assertRefused("must have a dtype", file("{\"c.weight\":{}}", 0));
    assertRefused(
        "its header has 'dtype' twice", file("{\"c\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 0));
    assertRefused(
        "the tensors of 'c/d' are no layer's",
        file("{" + tensor("c/d.bias", "F32", "[2]", "[0,8]") + "}", 8));
    assertRefused(
        "every extent of array 'bias' must be positive",
        file("{" + tensor("c.bias", "F32", "[0]", "[0,0]") + "}", 0));
  }

  private Path two(String first, String second, int dataBytes) {
    return file(
        "{"
            + tensor("a.bias", "F32", "[2]", first)
            + ","
            + tensor("b.bias", "F32", "[2]", second)
            + "}",
        dataBytes);
  }

  @Test
  void typesThatAreNotReadAreRefusedOnlyWhereTheyAreWanted() {
    for (String type : List.of("I32", "F9_NEW")) {
      Path path = file("{" + tensor("q.weight", type, "[2]", "[0,8]") + "}", 8);
      int layers = WeightFiles.use(path, saved -> saved.layers().size());
      assertThat(layers).isEqualTo(1);
      assertRefused("the tensor 'q.weight' holds values of type " + type, path);
    }
  }

  @Test
  void damageNeverEscapesAsAnotherException() throws IOException {
    byte[] bytes = Files.readAllBytes(resource());
    Path damaged = folder.resolve("damaged");
    for (int at = 0; at < bytes.length; at++) {
      byte[] copy = bytes.clone();
      copy[at] ^= (byte) (1 << at % 8);
      Files.write(damaged, copy);
      try {
        layers(damaged);
      } catch (ModelFileException e) {
        assertThat(e).hasMessageStartingWith("cannot read '" + damaged + "': ");
      }
    }
    for (int size = 0; size < bytes.length; size++) {
      Files.write(damaged, Arrays.copyOf(bytes, size));
      assertThatThrownBy(() -> layers(damaged)).isInstanceOf(ModelFileException.class);
    }
  }

  @Test
  void otherFilesAreToldApart() throws IOException {
    Path path = folder.resolve("model.safetensors");
    Files.write(path, new byte[] {(byte) 0x80, 2, 'c', '.'});
    assertRefused("it is a Python pickle", path);
    Files.write(path, "PK\3\4..................archive/data.pkl".getBytes(StandardCharsets.UTF_8));
    assertRefused("it is a Python pickle", path);
    Files.writeString(path, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
    assertRefused("Git LFS's note", path);
    Files.writeString(path, "{\"name\": {}, \"more\": 1}");
    assertRefused("it is neither an HDF5 file, nor a .keras archive", path);
    assertRefused("it is a folder", folder);
    assertRefused("there is no such file", folder.resolve("none"));
  }
}
