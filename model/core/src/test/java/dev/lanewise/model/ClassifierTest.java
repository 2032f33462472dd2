package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.HeadActivation;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private static final int SIZE = Stripes.SIZE;
  private static final int VALUES = SIZE * SIZE * 3;

  /** More than two batches, and no multiple of one. */
  private static final int MANY = 75;

  @TempDir private static Path folder;
  private static Path file;
  private static List<BufferedImage> images;

  /** What the model itself says of each image, one at a time. */
  private static float[][] wanted;

  /** Statistics and weights of no particular size, so that folding has something to do. */
  @BeforeAll
  static void saveModel() {
    file = folder.resolve("tiny.h5");
    ModelOptions options = ModelOptions.of(SIZE, SIZE, Stripes.CLASSES);
    images = IntStream.range(0, MANY).mapToObj(ClassifierTest::image).toList();
    try (Model model = Model.build(TinyNetwork::new, options)) {
      SplittableRandom random = new SplittableRandom(3);
      for (Parameter parameter : model.network().parameters()) {
        float[] values = parameter.values();
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) random.nextDouble(0.0, 0.4);
        }
        parameter.setValues(values);
      }
      wanted = images.stream().map(model::predict).toArray(float[][]::new);
      model.save(file);
    }
  }

  private static BufferedImage image(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = 5 + seed % 20;
    BufferedImage image = new BufferedImage(width, 17, BufferedImage.TYPE_INT_RGB);
    for (int h = 0; h < 17; h++) {
      for (int w = 0; w < width; w++) {
        image.setRGB(w, h, random.nextInt());
      }
    }
    return image;
  }

  private static Classifier load(int threads) {
    return Classifier.load(file, TinyNetwork::new, threads);
  }

  private static float[][] probabilities(List<Classification> results) {
    return results.stream().map(Classification::probabilities).toArray(float[][]::new);
  }

  @Test
  void saysWhatTheModelSays() {
    try (Classifier classifier = load(2)) {
      assertThat(classifier.classNames()).isEqualTo(Stripes.CLASSES);
      assertThat(classifier.height()).isEqualTo(SIZE);
      assertThat(classifier.width()).isEqualTo(SIZE);
      for (int i = 0; i < MANY; i++) {
        assertThat(classifier.classify(images.get(i)).probabilities()).isEqualTo(wanted[i]);
      }
    }
  }

  @Test
  void largeListIsWorkedOffInBatches() {
    try (Classifier classifier = load(2)) {
      float[][] actual = probabilities(classifier.classifyImages(images));
      assertThat(actual).isDeepEqualTo(wanted);
      assertThat(classifier.classifyImages(List.of())).isEmpty();
    }
  }

  @Test
  void manyThreadsGetTheBitsOfOne() throws Exception {
    try (Classifier classifier = load(2);
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      float[][] together = probabilities(classifier.classifyImages(images));
      List<Future<float[][]>> futures = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        boolean batches = caller % 2 == 0;
        futures.add(
            callers.submit(
                () ->
                    batches
                        ? probabilities(classifier.classifyImages(images))
                        : probabilities(images.stream().map(classifier::classify).toList())));
      }
      for (int caller = 0; caller < 8; caller++) {
        assertThat(futures.get(caller).get()).isDeepEqualTo(caller % 2 == 0 ? together : wanted);
      }
    }
  }

  @Test
  void filesAndStreams() throws IOException {
    Path png = folder.resolve("a.png");
    ImageIO.write(images.get(0), "png", png.toFile());
    try (InputStream in = new ByteArrayInputStream(new byte[100])) {
      assertThatThrownBy(() -> Classifier.load(in, 1)).isInstanceOf(ModelFileException.class);
    }
    try (Classifier classifier = load(1)) {
      assertThat(classifier.classify(png).probabilities()).isEqualTo(wanted[0]);
      assertThat(probabilities(classifier.classifyFiles(Collections.nCopies(40, png))))
          .hasDimensions(40, 3);
    }
  }

  @Test
  void oddImages() throws IOException {
    Path corrupt =
        Files.write(folder.resolve("corrupt.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1});
    try (Classifier classifier = load(1)) {
      BufferedImage dot = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
      float sum = 0;
      for (float probability : classifier.classify(dot).probabilities()) {
        sum += probability;
      }
      assertThat(sum).isBetween(0.999f, 1.001f);
      assertThat(classifier.classify(cmyk()).probabilities()).hasSize(3);
      assertThatThrownBy(() -> classifier.classify(corrupt))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("corrupt.jpg");
      assertThatThrownBy(() -> classifier.classifyFiles(List.of(folder.resolve("none.png"))))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("there is no image ");
      assertThatThrownBy(() -> classifier.classify(new float[5]))
          .isInstanceOf(ModelException.class)
          .hasMessage("1 image of 12x12x3 requires 432 values, got 5");
      // What failed has left nothing behind.
      assertThat(classifier.classify(images.get(3)).probabilities()).isEqualTo(wanted[3]);
      assertThat(classifier.classify(new float[VALUES]).probabilities()).hasSize(3);
    }
  }

  private static Path cmyk() throws IOException {
    Path image = folder.resolve("cmyk.jpg");
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 9, 9, 4, new Point());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(image.toFile())) {
      writer.setOutput(stream);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return image;
  }

  @Test
  void mostProbableClasses() {
    Classification result =
        new Classification(
            List.of("a", "b", "c", "d"),
            new float[] {0.2f, 0.3f, 0.2f, 0.3f},
            HeadActivation.SOFTMAX);
    assertThat(result.best()).isEqualTo(new Prediction("b", 1, 0.3f));
    assertThat(result.top(3))
        .containsExactly(
            new Prediction("b", 1, 0.3f),
            new Prediction("d", 3, 0.3f),
            new Prediction("a", 0, 0.2f));
    assertThat(result.top(99)).extracting(Prediction::index).containsExactly(1, 3, 0, 2);
    assertThat(result.probability(2)).isEqualTo(0.2f);
    assertThat(result).hasToString("b 0.3000");
    for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> result.top(k))
          .isInstanceOf(ModelException.class)
          .hasMessage("at least 1 of the most probable classes can be told, not " + k);
    }
    result.probabilities()[0] = 9;
    assertThat(result.probability(0)).isEqualTo(0.2f);
  }

  @Test
  void closedClassifierSaysSo() {
    Classifier classifier = load(2);
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(images.get(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier is closed");
  }

  @Test
  void networkFoldedForGoodInfersOnly() {
    try (Model model = Model.load(file, TinyNetwork::new, 1)) {
      model.foldForGood();
      model.foldForGood();
      assertThat(model.predict(images.get(0))).isEqualTo(wanted[0]);
      assertThatThrownBy(() -> model.network().trainingPass(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the network is folded for good and cannot train");
      Parameter first = model.network().parameters().get(0);
      first.setValues(first.values());
      assertThatThrownBy(() -> model.predict(images.get(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("parameters were set after they were folded for good");
    }
  }
}
