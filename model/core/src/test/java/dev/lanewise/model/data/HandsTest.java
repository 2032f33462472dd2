package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandsTest {
  @Test
  void defaultSizesAndBalance() {
    DatasetPair hands = Datasets.hands(ImageShape.rgb(16, 16), 1);
    assertThat(hands.train().description())
        .isEqualTo("drawn hands, training part, seed 1: 1080 images 16x16x3, 6 classes (180 each)");
    assertThat(hands.test().description())
        .isEqualTo("drawn hands, test part, seed 1: 120 images 16x16x3, 6 classes (20 each)");
    assertThat(hands.train().classNames()).containsExactly("0", "1", "2", "3", "4", "5");
  }

  @Test
  void sameSeedDrawsTheSameAndAnotherSeedDoesNot() {
    DatasetPair hands = Datasets.hands(ImageShape.rgb(32, 32), 7, 24);
    assertThat(all(Datasets.hands(ImageShape.rgb(32, 32), 7, 24).train()))
        .isEqualTo(all(hands.train()));
    assertThat(all(Datasets.handsForEvaluation(ImageShape.rgb(32, 32), 7)))
        .isEqualTo(all(hands.test()));
    assertThat(all(Datasets.hands(ImageShape.rgb(32, 32), 8, 24).train()))
        .isNotEqualTo(all(hands.train()));
  }

  @Test
  void moreTrainingImagesBeginWithTheSameOnes() {
    byte[] few = all(Datasets.hands(ImageShape.rgb(32, 32), 7, 12).train());
    byte[] many = all(Datasets.hands(ImageShape.rgb(32, 32), 7, 18).train());
    assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
  }

  @Test
  void noImageComesTwice() {
    DatasetPair hands = Datasets.hands(ImageShape.rgb(24, 24), 3, 240);
    Set<ByteBuffer> seen = new HashSet<>();
    for (ImageDataset part : new ImageDataset[] {hands.train(), hands.test()}) {
      for (int i = 0; i < part.size(); i++) {
        byte[] image = new byte[part.shape().size()];
        part.read(i, image, 0);
        assertThat(seen.add(ByteBuffer.wrap(image))).as("image %d", i).isTrue();
      }
    }
  }

  @Test
  void anySizeIsDrawn() {
    ImageDataset wide = Datasets.hands(ImageShape.rgb(33, 300), 1, 6).train();
    assertThat(wide.shape()).isEqualTo(ImageShape.rgb(33, 300));
    assertThat(all(wide)).hasSize(6 * 33 * 300 * 3);
  }

  @Test
  void imagesHaveContrast() {
    ImageDataset hands = Datasets.hands(ImageShape.rgb(32, 32), 11, 60).train();
    byte[] image = new byte[hands.shape().size()];
    for (int i = 0; i < hands.size(); i++) {
      hands.read(i, image, 0);
      double sum = 0;
      double squares = 0;
      for (byte value : image) {
        sum += value & 255;
        squares += (value & 255) * (value & 255);
      }
      double mean = sum / image.length;
      assertThat(Math.sqrt(squares / image.length - mean * mean))
          .as("image %d", i)
          .isGreaterThan(8);
    }
  }

  private static byte[] all(ImageDataset dataset) {
    byte[] bytes = new byte[dataset.size() * dataset.shape().size()];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.read(i, bytes, i * dataset.shape().size());
    }
    return bytes;
  }
}
