package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier that many threads ask at the same time, some of whom have bad luck. */
class ClassifierLoadTest {
  private static final int CALLERS = 12;
  private static final int SIZE = 32;
  private static final List<String> CLASSES = List.of("a", "b", "c", "d");

  @TempDir private static Path folder;
  private static Path file;
  private static List<BufferedImage> images;

  /** What a classifier says of each image that nobody else asks, on one thread. */
  private static float[][] alone;

  @BeforeAll
  static void classifyAlone() {
    file = folder.resolve("small.h5");
    images = IntStream.range(0, CALLERS).mapToObj(ClassifierLoadTest::image).toList();
    try (Model model = Model.build("cifarresnet20", ModelOptions.of(SIZE, SIZE, CLASSES))) {
      model.save(file);
    }
    try (Classifier classifier = Classifier.load(file, 1)) {
      alone =
          images.stream()
              .map(image -> classifier.classify(image).probabilities())
              .toArray(float[][]::new);
    }
  }

  private static BufferedImage image(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40 * 30; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt());
    }
    return image;
  }

  private static <T> List<Future<T>> start(ExecutorService threads, List<Callable<T>> callers) {
    CountDownLatch all = new CountDownLatch(callers.size());
    List<Future<T>> results = new ArrayList<>();
    for (Callable<T> caller : callers) {
      results.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                return caller.call();
              }));
    }
    return results;
  }

  private static void requireAlone(Classifier classifier, int caller) {
    assertThat(classifier.classify(images.get(caller)).probabilities()).isEqualTo(alone[caller]);
  }

  @Test
  void everyCallerGetsTheBitsThatItWouldGetAlone() throws Exception {
    for (int together : new int[] {1, 5, 32}) {
      try (Classifier classifier = Classifier.of(Model.loadForInference(file, 2), together);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        assertThat(classifier.together()).isEqualTo(together);
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          int caller = i;
          callers.add(
              () -> {
                for (int turn = 0; turn < 6; turn++) {
                  requireAlone(classifier, caller);
                }
                List<Classification> list =
                    classifier.classifyImages(images.subList(0, caller + 1));
                for (int n = 0; n <= caller; n++) {
                  assertThat(list.get(n).probabilities()).isEqualTo(alone[n]);
                }
                return null;
              });
        }
        for (Future<Void> result : start(threads, callers)) {
          result.get();
        }
      }
    }
  }

  @Test
  void badImagesFailAlone() throws Exception {
    Path bad = Files.write(folder.resolve("bad.png"), new byte[] {1, 2, 3});
    try (Classifier classifier = Classifier.load(file, 2);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(
            () -> {
              for (int turn = 0; turn < 4; turn++) {
                if (caller % 3 == 0) {
                  assertThatThrownBy(() -> classifier.classify(bad))
                      .isInstanceOf(DataException.class)
                      .hasMessageContaining("bad.png");
                } else {
                  requireAlone(classifier, caller);
                }
              }
              return null;
            });
      }
      for (Future<Void> result : start(threads, callers)) {
        result.get();
      }
    }
  }

  @Test
  void closingUnderLoadAnswersOrRefuses() throws Exception {
    Classifier classifier = Classifier.load(file, 2);
    try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
      CountDownLatch answered = new CountDownLatch(2 * CALLERS);
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(
            () -> {
              while (true) {
                requireAlone(classifier, caller);
                answered.countDown();
              }
            });
      }
      List<Future<Void>> results = start(threads, callers);
      answered.await();
      classifier.close();
      for (Future<Void> result : results) {
        assertThatThrownBy(result::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageMatching("the classifier (is|was) closed");
      }
    }
  }

  @Test
  void furtherCallersTakeLittleMemory() {
    long image = SIZE * SIZE * 3;
    try (Classifier classifier = Classifier.of(Model.loadForInference(file, 1), 4)) {
      long one = classifier.workingBytes(1);
      long two = classifier.workingBytes(2);
      long four = classifier.workingBytes(4);
      assertThat(two - one).isBetween(image, one);
      assertThat(four - two).isLessThanOrEqualTo(2 * (two - one) + image);
      assertThat(classifier.workingBytes(5) - four).isEqualTo(image);
      assertThat(classifier.workingBytes(1)).isEqualTo(one);
    }
  }

  @Test
  void atLeastOneImageIsWorkedOn() {
    Model model = Model.loadForInference(file, 1);
    assertThatThrownBy(() -> Classifier.of(model, 0))
        .isInstanceOf(ModelException.class)
        .hasMessage("a classifier requires at least 1 image that is worked on together, got 0");
  }
}
