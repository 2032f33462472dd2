package dev.lanewise.model.report;

import dev.lanewise.model.error.ModelException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many images of each class were taken for which, and the figures that follow. Where a figure
 * would be 0/0, for a class that has no images or was never predicted, it is 0, as in scikit-learn.
 */
public final class ConfusionMatrix {
  private final List<String> classNames;
  private final int[][] counts;

  /**
   * Counts images.
   *
   * @param classNames by class index
   * @param labels the class of each image
   * @param predicted the class that it was taken for
   * @throws ModelException where there are not as many labels as predictions
   */
  public ConfusionMatrix(List<String> classNames, int[] labels, int[] predicted) {
    if (labels.length != predicted.length) {
      throw new ModelException(
          labels.length + " labels require as many predictions, got " + predicted.length);
    }
    this.classNames = List.copyOf(classNames);
    counts = new int[classNames.size()][classNames.size()];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][predicted[i]]++;
    }
  }

  /** {@return the names of the classes, by class index} */
  public List<String> classNames() {
    return classNames;
  }

  /** {@return the number of classes} */
  public int classes() {
    return counts.length;
  }

  /**
   * {@return the number of images of a class that were taken for one}
   *
   * @param label the class that they are of
   * @param predicted the class that they were taken for
   */
  public int count(int label, int predicted) {
    return counts[label][predicted];
  }

  /**
   * {@return the number of images of a class}
   *
   * @param label the class
   */
  public int images(int label) {
    return IntStream.of(counts[label]).sum();
  }

  /** {@return the number of all images} */
  public int images() {
    return IntStream.range(0, classes()).map(this::images).sum();
  }

  /**
   * {@return the number of images that were taken for a class}
   *
   * @param predicted the class
   */
  public int predictions(int predicted) {
    return IntStream.range(0, classes()).map(label -> counts[label][predicted]).sum();
  }

  /** {@return the share of the images that were taken for what they are} */
  public double accuracy() {
    return share(IntStream.range(0, classes()).map(c -> counts[c][c]).sum(), images());
  }

  /**
   * {@return of what was taken for a class, the share that is of it}
   *
   * @param c the class
   */
  public double precision(int c) {
    return share(counts[c][c], predictions(c));
  }

  /**
   * {@return of a class, the share that was taken for it}
   *
   * @param c the class
   */
  public double recall(int c) {
    return share(counts[c][c], images(c));
  }

  /**
   * {@return the harmonic mean of precision and recall of a class}
   *
   * @param c the class
   */
  public double f1(int c) {
    return share(2.0 * counts[c][c], images(c) + predictions(c));
  }

  /**
   * {@return the mean of a figure over the classes, each with the same weight}
   *
   * @param figure of a class, such as {@code matrix::f1}
   */
  public double mean(IntToDoubleFunction figure) {
    return IntStream.range(0, classes()).mapToDouble(figure).average().orElse(0);
  }

  private static double share(double part, int of) {
    return of == 0 ? 0 : part / of;
  }
}
