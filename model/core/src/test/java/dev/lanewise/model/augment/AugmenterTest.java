package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int[] SHAPE = {9, 7, 3};
  private static final int SIZE = 5;

  private static final ImageSource SOURCE =
      new ImageSource() {
        @Override
        public int size() {
          return SIZE;
        }

        @Override
        public void read(int index, byte[] dst, int offset) {
          byte[] pixels = Pictures.noise(SHAPE, index).pixels();
          System.arraycopy(pixels, 0, dst, offset, pixels.length);
        }
      };

  private static Augmenter augmenter(String text, long seed) {
    return new Augmenter(Augmentation.parse(text), SHAPE[0], SHAPE[1], SHAPE[2], SOURCE, seed);
  }

  private static String show(Augmenter augmenter, int epoch, int index) {
    String pixels = Arrays.toString(augmenter.draw(epoch, index));
    return pixels + augmenter.share() + " " + augmenter.second();
  }

  @Test
  void withoutOperationsImagesStay() {
    Augmenter augmenter = augmenter("", 3);
    for (int i = 0; i < SIZE; i++) {
      assertThat(augmenter.draw(i, i)).isEqualTo(Pictures.noise(SHAPE, i).pixels());
      assertThat(augmenter.share()).isEqualTo(1);
      assertThat(augmenter.second()).isEqualTo(i);
    }
  }

  @Test
  void drawsDependOnSeedEpochAndImageAlone() {
    List<String> first = new ArrayList<>();
    Augmenter forwards = augmenter(AugmentationTest.ALL, 3);
    for (int k = 0; k < 100; k++) {
      first.add(show(forwards, k / SIZE, k % SIZE));
    }
    Augmenter backwards = augmenter(AugmentationTest.ALL, 3);
    for (int k = 99; k >= 0; k--) {
      assertThat(show(backwards, k / SIZE, k % SIZE)).isEqualTo(first.get(k));
    }
    assertThat(new HashSet<>(first)).hasSize(100);
    assertThat(show(augmenter(AugmentationTest.ALL, 4), 0, 0)).isNotEqualTo(first.getFirst());
  }

  @Test
  void ofSeveralMixingsAnImageGoesThroughOne() {
    Augmenter augmenter = augmenter("mixup(alpha=8),cutmix(alpha=8)", 3);
    int pasted = 0;
    int n = 200;
    Set<Integer> seconds = new HashSet<>();
    for (int epoch = 0; epoch < n; epoch++) {
      byte[] got = augmenter.draw(epoch, 0);
      seconds.add(augmenter.second());
      byte[] own = Pictures.noise(SHAPE, 0).pixels();
      byte[] second = Pictures.noise(SHAPE, augmenter.second()).pixels();
      int foreign = 0;
      for (int i = 0; i < own.length; i++) {
        foreign += got[i] == own[i] || got[i] == second[i] ? 0 : 1;
      }
      pasted += foreign == 0 ? 1 : 0;
    }
    assertThat(seconds).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    // Those mixed with themselves look pasted, too.
    assertThat(pasted).isBetween(n * 45 / 100, n * 75 / 100);
  }

  @Test
  void secondImagesGoThroughWhatStandsBefore() {
    String mixup = "mixup(alpha=100)";
    byte[] plain = augmenter(mixup, 3).draw(0, 1).clone();
    byte[] before = augmenter("flip(chance=1)," + mixup, 3).draw(0, 1).clone();
    assertThat(before).isNotEqualTo(plain);
    assertThat(augmenter(mixup + ",flip(chance=1)", 3).draw(0, 1)).isEqualTo(before);
    assertThat(augmenter("flip(chance=1)," + mixup + ",flip(chance=1)", 3).draw(0, 1))
        .isEqualTo(plain);
  }
}
