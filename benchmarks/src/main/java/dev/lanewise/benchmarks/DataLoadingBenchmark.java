package dev.lanewise.benchmarks;

import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.StandardPreprocessing;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From files to batches, as a training reads them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class DataLoadingBenchmark {
  private static final int TRAIN = 128;
  private static final int TEST = 16;
  private static final int CLASSES = 6;
  private static final int CHANNELS = 3;

  /** How many images of which size make a batch. */
  @Param({"N32_64", "N8_224"})
  public ImageBatch workload;

  private Path folder;
  private ImageDataset dataset;
  private Batches batches;
  private float[] input;
  private int epoch;

  /** Made by JMH. */
  public DataLoadingBenchmark() {}

  /**
   * Writes a SIGNS file and a folder of photos of noise, and checks what is read of them.
   *
   * @throws IOException where the temporary folder cannot be written
   */
  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("lanewise-data");
    int size = workload.size();
    int[][][][] train = writeSigns("train", TRAIN);
    writeSigns("test", TEST);
    writePhotos();
    dataset = open("signs").train();
    byte[] bytes = new byte[dataset.shape().size()];
    batches =
        new Batches(
            dataset, StandardPreprocessing.RESCALE, workload.images(), /* shuffle= */ false, 1);
    input = new float[workload.images() * size * size * CHANNELS];
    batches.startEpoch(0);
    Batch first = batches.next();
    for (int i = 0; i < first.size(); i++) {
      dataset.read(i, bytes, 0);
      for (int k = 0; k < bytes.length; k++) {
        int wanted = train[i][k / CHANNELS / size][k / CHANNELS % size][k % CHANNELS];
        Check.near("byte of the file", wanted, bytes[k] & 255, 0);
        Check.near(
            "value of the batch", wanted / 255.0, first.images()[i * bytes.length + k], 1e-7);
      }
    }
    batches.close();
    batches =
        new Batches(
            dataset, StandardPreprocessing.RESCALE, workload.images(), /* shuffle= */ true, 1);
    Check.near("photos", TRAIN + TEST, photos(), 0);
  }

  private int[][][][] writeSigns(String part, int count) throws IOException {
    Files.createDirectories(folder.resolve("signs"));
    SplittableRandom random = new SplittableRandom(1);
    int size = workload.size();
    int[][][][] images = new int[count][size][size][CHANNELS];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      for (int[][] row : images[i]) {
        for (int[] pixel : row) {
          for (int c = 0; c < CHANNELS; c++) {
            pixel[c] = random.nextInt(256);
          }
        }
      }
    }
    try (WritableHdfFile file =
        HdfFile.write(folder.resolve("signs").resolve(part + "_signs.h5"))) {
      file.putDataset(part + "_set_x", images);
      file.putDataset(part + "_set_y", labels);
      file.putDataset("list_classes", new int[] {0, 1, 2, 3, 4, 5});
    }
    return images;
  }

  /** Writes JPEG files of twice the rows and columns, which must be resized. */
  private void writePhotos() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int size = 2 * workload.size();
    for (int i = 0; i < TRAIN + TEST; i++) {
      Path ofClass =
          Files.createDirectories(folder.resolve("photos").resolve("class" + i % CLASSES));
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          image.setRGB(x, y, (x * 255 / size) << 16 | (y * 255 / size) << 8 | random.nextInt(64));
        }
      }
      ImageIO.write(image, "jpg", ofClass.resolve(i + ".jpg").toFile());
    }
  }

  private DatasetPair open(String name) {
    return Datasets.open(
        folder.resolve(name), ImageShape.rgb(workload.size(), workload.size()), 0.2, 1);
  }

  private int photos() {
    DatasetPair pair = open("photos");
    return pair.train().size() + pair.test().size();
  }

  /**
   * Ends the threads and deletes the files.
   *
   * @throws IOException where they cannot be deleted
   */
  @TearDown
  public void tearDown() throws IOException {
    batches.close();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** An epoch of shuffled batches, each copied into a network's input. */
  @Benchmark
  public float[] batches(Images work) {
    batches.startEpoch(epoch++);
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      int values = batch.size() * dataset.shape().size();
      System.arraycopy(batch.images(), 0, input, 0, values);
      work.images += batch.size();
    }
    return input;
  }

  /** Reading two HDF5 files in the form of SIGNS. */
  @Benchmark
  public DatasetPair signsFiles(Images work) {
    work.images += TRAIN + TEST;
    return open("signs");
  }

  /** Decoding and resizing a folder of JPEG files. */
  @Benchmark
  public int photoFolder(Images work) {
    work.images += TRAIN + TEST;
    return photos();
  }
}
