package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.train.Adam;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that take grey images or images with alpha, on files of colour images. */
class ChannelsOfNetworksTest {
  private static final int SIZE = 12;
  private static final List<String> CLASSES = List.of("across", "down");

  @TempDir private Path folder;

  /** Stripes of any two colours, which differ in brightness. */
  @BeforeEach
  void drawStripes() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (String name : CLASSES) {
      Path files = Files.createDirectories(folder.resolve("stripes").resolve(name));
      for (int i = 0; i < 16; i++) {
        int dark = random.nextInt(0x40) << 16 | random.nextInt(0x40) << 8 | random.nextInt(0x40);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_ARGB);
        for (int at = 0; at < SIZE * SIZE; at++) {
          int along = name.equals("down") ? at % SIZE : at / SIZE;
          int colour = (along + i) / 2 % 2 == 0 ? dark : 0xC0C0C0 | dark;
          image.setRGB(at % SIZE, at / SIZE, 0xFF000000 | colour);
        }
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  @Test
  void greyNetworkTrainsAndClassifiesColourFiles() throws IOException {
    learns(TinyGreyNetwork::new, 1);
  }

  @Test
  void networkWithAlphaTrainsAndClassifies() throws IOException {
    learns(TinyAlphaNetwork::new, 4);
  }

  private void learns(NetworkFactory network, int channels) throws IOException {
    Path file = folder.resolve("model.h5");
    Path stripes = folder.resolve("stripes");
    ImageShape shape = new ImageShape(SIZE, SIZE, channels);
    DatasetPair pair = Datasets.open(stripes, shape, 0.25, 1);
    assertThat(pair.train().shape()).isEqualTo(shape);
    ModelOptions options = ModelOptions.of(SIZE, SIZE, CLASSES).withThreads(1);
    try (Model model = Model.build(network, options)) {
      assertThat(model.imageShape()).isEqualTo(shape);
      model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      model.fit(pair.train(), FitOptions.epochs(20).withBatchSize(8));
      assertThat(model.evaluate(pair.test(), 8).accuracy()).isEqualTo(1);
      model.save(file);
    }
    Path across = stripes.resolve("across").resolve("3.png");
    try (Classifier classifier = Classifier.load(file, network, 1)) {
      Classification found = classifier.classify(across);
      assertThat(found.best().className()).isEqualTo("across");
      BufferedImage image = ImageIO.read(across.toFile());
      assertThat(classifier.classify(image).probabilities()).isEqualTo(found.probabilities());
    }
  }

  @Test
  void imagesOfOtherChannelsAreRefused() {
    ModelOptions options = ModelOptions.of(SIZE, SIZE, CLASSES).withThreads(1);
    DatasetPair colours =
        Datasets.open(folder.resolve("stripes"), ImageShape.rgb(SIZE, SIZE), 0.25, 1);
    try (Model model = Model.build(TinyGreyNetwork::new, options)) {
      assertThatThrownBy(() -> model.evaluate(colours.test(), 8))
          .isInstanceOf(ModelException.class)
          .hasMessage("the model requires images of 12x12x1, got 12x12x3 in the data");
    }
  }

  @Test
  void preprocessingOfColoursIsRefused() {
    ModelOptions options =
        ModelOptions.of(SIZE, SIZE, CLASSES)
            .withThreads(1)
            .withPreprocessing(StandardPreprocessing.IMAGENET);
    assertThatThrownBy(() -> Model.build(TinyGreyNetwork::new, options))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "requires images of 3 channels, got network TinyGrey, which takes 12x12x1");
  }
}
