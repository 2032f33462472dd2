package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.random.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchesTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  @Test
  void everyImageComesOncePerEpochWithItsLabel() {
    ImageDataset dataset = numbered(53);
    try (Batches batches = new Batches(dataset, StandardPreprocessing.RESCALE, 8, true, 5)) {
      for (int epoch = 0; epoch < 20; epoch++) {
        batches.startEpoch(epoch);
        assertThat(epochOrder(batches))
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 53).boxed().toList());
      }
    }
  }

  @Test
  void lastBatchIsSmaller() {
    try (Batches batches = new Batches(numbered(21), StandardPreprocessing.RESCALE, 8, false, 0)) {
      assertThat(batches.batchesPerEpoch()).isEqualTo(3);
      batches.startEpoch(0);
      assertThat(batches.next().size()).isEqualTo(8);
      assertThat(batches.next().size()).isEqualTo(8);
      assertThat(batches.next().size()).isEqualTo(5);
      assertThat(batches.next()).isNull();
      assertThat(batches.next()).isNull();
    }
  }

  @Test
  void batchLargerThanTheDataSetHoldsAllOfIt() {
    try (Batches batches =
        new Batches(numbered(3), StandardPreprocessing.RESCALE, Integer.MAX_VALUE, false, 0)) {
      batches.startEpoch(0);
      Batch batch = batches.next();
      assertThat(batch.size()).isEqualTo(3);
      assertThat(batch.targets()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
      assertThat(batches.next()).isNull();
    }
  }

  @Test
  void orderDependsOnSeedAndEpochAlone() {
    List<Integer> first = order(7, 0);
    assertThat(order(7, 0)).isEqualTo(first);
    assertThat(order(7, 1)).isNotEqualTo(first);
    assertThat(order(8, 0)).isNotEqualTo(first);
    try (Batches batches = new Batches(numbered(100), StandardPreprocessing.RESCALE, 16, true, 7)) {
      batches.startEpoch(1);
      batches.next();
      batches.startEpoch(0);
      assertThat(epochOrder(batches)).isEqualTo(first);
    }
  }

  @Test
  void withoutShufflingTheOrderIsThatOfTheDataSet() {
    try (Batches batches = new Batches(numbered(20), StandardPreprocessing.RESCALE, 6, false, 7)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        batches.startEpoch(epoch);
        assertThat(epochOrder(batches)).isEqualTo(IntStream.range(0, 20).boxed().toList());
      }
    }
  }

  @Test
  void pixelsAreDividedBy255() {
    byte[][] images = new byte[4][192];
    for (int i = 0; i < 768; i++) {
      images[i / 192][i % 192] = (byte) i;
    }
    ImageDataset dataset =
        new StoredImages(
            "test", images, ImageTargets.classes(new int[4], CLASSES), ImageShape.rgb(8, 8));
    try (Batches batches = new Batches(dataset, StandardPreprocessing.RESCALE, 4, false, 0)) {
      batches.startEpoch(0);
      float[] values = batches.next().images();
      for (int i = 0; i < 768; i++) {
        assertThat(values[i]).isEqualTo((i & 255) / 255f);
      }
    }
  }

  @Test
  void buffersAreUsedAgain() {
    Map<float[], Boolean> seen = new IdentityHashMap<>();
    try (Batches batches = new Batches(numbered(100), StandardPreprocessing.RESCALE, 4, true, 0)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        batches.startEpoch(epoch);
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
          seen.put(batch.images(), true);
        }
      }
    }
    assertThat(seen.size()).isLessThanOrEqualTo(4);
  }

  @Test
  void batchStaysWhileTheNextOnesAreFilled() throws InterruptedException {
    try (Batches batches = new Batches(numbered(400), StandardPreprocessing.RESCALE, 4, false, 0)) {
      batches.startEpoch(0);
      for (int b = 0; b < 100; b++) {
        Batch batch = batches.next();
        if (b % 25 == 0) {
          Thread.sleep(20);
        }
        for (int i = 0; i < 4; i++) {
          assertThat(number(batch, i)).isEqualTo(4 * b + i);
        }
      }
    }
  }

  @Test
  void failureArrivesWithItsBatchAndTheRestStillComes() {
    DataException failure = new DataException("image 9 is damaged");
    try (Batches batches =
        new Batches(failingAt(9, 20, failure), StandardPreprocessing.RESCALE, 4, false, 0)) {
      batches.startEpoch(0);
      batches.next();
      batches.next();
      assertThatThrownBy(batches::next).isSameAs(failure);
      assertThat(number(batches.next(), 0)).isEqualTo(12);
    }
  }

  @Test
  void unexpectedFailureNamesImageAndDataSet() {
    RuntimeException failure = new IllegalStateException("boom");
    try (Batches batches =
        new Batches(failingAt(0, 20, failure), StandardPreprocessing.RESCALE, 4, false, 0)) {
      batches.startEpoch(0);
      assertThatThrownBy(batches::next)
          .isInstanceOf(DataException.class)
          .hasMessage("image 0 of %s cannot be read: %s", numbered(20).description(), failure)
          .hasCause(failure);
    }
  }

  @Test
  void closeEndsTheThreads() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Set<Thread> during;
    try (Batches batches = new Batches(numbered(100), StandardPreprocessing.RESCALE, 4, true, 0)) {
      during = new HashSet<>(Thread.getAllStackTraces().keySet());
      during.removeAll(before);
      batches.startEpoch(0);
      batches.next();
    }
    assertThat(during).isNotEmpty().noneMatch(Thread::isAlive);
  }

  @Test
  void closedBatchesAreRefused() {
    Batches batches = new Batches(numbered(10), StandardPreprocessing.RESCALE, 4, true, 0);
    batches.close();
    batches.close();
    assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> batches.startEpoch(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void emptyBatchesAreRefused() {
    assertThatThrownBy(() -> new Batches(numbered(10), StandardPreprocessing.RESCALE, 0, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch requires at least 1 image, got 0");
  }

  private static final String AUGMENTED =
      "flip,random-resized-crop(least=0.5),rotate,brightness,contrast,erase,mixup,cutmix";

  /** An epoch by image: pixels, label and targets. */
  private static Map<Integer, String> augmented(String text, int batchSize, int readers, int skip) {
    Map<Integer, String> images = new HashMap<>();
    Augmentation augmentation = Augmentation.parse(text);
    ImageDataset dataset = Datasets.hands(new ImageShape(9, 11, 3), 1, 30).train();
    int[] order = IntStream.range(0, 30).toArray();
    SplitMix.of(5, 0, 2).shuffle(order);
    try (Batches batches =
        new Batches(
            dataset,
            StandardPreprocessing.RESCALE,
            augmentation,
            batchSize,
            BatchPart.WHOLE,
            true,
            5,
            readers)) {
      batches.startEpoch(2, skip);
      int at = skip * batchSize;
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        for (int i = 0; i < batch.size(); i++) {
          float[] pixels = Arrays.copyOfRange(batch.images(), i * 297, (i + 1) * 297);
          float[] targets = Arrays.copyOfRange(batch.targets(), i * 6, (i + 1) * 6);
          images.put(order[at++], Arrays.toString(pixels) + Arrays.toString(targets));
        }
      }
    }
    return images;
  }

  @Test
  void augmentedImagesAreTheSameHoweverTheyAreRead() {
    Map<Integer, String> wanted = augmented(AUGMENTED, 1, 1, 0);
    assertThat(wanted).hasSize(30);
    assertThat(wanted).isNotEqualTo(augmented("", 1, 1, 0));
    assertThat(augmented(AUGMENTED, 7, 1, 0)).isEqualTo(wanted);
    assertThat(augmented(AUGMENTED, 30, 2, 0)).isEqualTo(wanted);
    assertThat(augmented(AUGMENTED, 2, 5, 0)).isEqualTo(wanted);
    assertThat(wanted).containsAllEntriesOf(augmented(AUGMENTED, 4, 3, 5)).hasSize(30);
  }

  @Test
  void mixedImagesHaveSharesOfTheirLabels() {
    ImageDataset dataset = numbered(50);
    Augmentation augmentation = Augmentation.parse("mixup(alpha=8)");
    try (Batches batches =
        new Batches(
            dataset, StandardPreprocessing.RESCALE, augmentation, 8, BatchPart.WHOLE, false, 5)) {
      batches.startEpoch(0);
      int at = 0;
      int others = 0;
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        for (int i = 0; i < batch.size(); i++) {
          float[] shares = Arrays.copyOfRange(batch.targets(), i * 3, i * 3 + 3);
          assertThat(shares[0] + shares[1] + shares[2]).isBetween(0.999999f, 1.000001f);
          int own = dataset.label(at++);
          assertThat(shares[own]).isPositive();
          others += shares[own] < 0.5 ? 1 : 0;
        }
      }
      assertThat(others).isBetween(5, 30);
    }
  }

  private static List<Integer> order(long seed, int epoch) {
    try (Batches batches =
        new Batches(numbered(100), StandardPreprocessing.RESCALE, 16, true, seed)) {
      batches.startEpoch(epoch);
      return epochOrder(batches);
    }
  }

  private static List<Integer> epochOrder(Batches batches) {
    List<Integer> order = new ArrayList<>();
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      for (int i = 0; i < batch.size(); i++) {
        int number = number(batch, i);
        assertThat(batch.targets()[i * CLASSES.size() + number % CLASSES.size()]).isEqualTo(1);
        order.add(number);
      }
    }
    return order;
  }

  /** Reads back what {@link #numbered} wrote into the first pixel. */
  private static int number(Batch batch, int i) {
    float[] images = batch.images();
    return Math.round(images[i * 12] * 255) * 256 + Math.round(images[i * 12 + 1] * 255);
  }

  /** Returns images of 2x2 whose first two bytes are their number. */
  private static StoredImages numbered(int size) {
    byte[][] images = new byte[size][12];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      images[i][0] = (byte) (i >> 8);
      images[i][1] = (byte) i;
      labels[i] = i % CLASSES.size();
    }
    return new StoredImages(
        "test", images, ImageTargets.classes(labels, CLASSES), ImageShape.rgb(2, 2));
  }

  private static ImageDataset failingAt(int failing, int size, RuntimeException failure) {
    StoredImages images = numbered(size);
    return new ImageDataset() {
      @Override
      public int size() {
        return images.size();
      }

      @Override
      public ImageShape shape() {
        return images.shape();
      }

      @Override
      public List<String> classNames() {
        return images.classNames();
      }

      @Override
      public int label(int index) {
        return images.label(index);
      }

      @Override
      public void read(int index, byte[] dst, int offset) {
        if (index == failing) {
          throw failure;
        }
        images.read(index, dst, offset);
      }

      @Override
      public String description() {
        return images.description();
      }
    };
  }
}
