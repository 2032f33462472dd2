package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is measured beside the loss. A user's own is given to {@code Model.compile}; where {@link
 * java.util.ServiceLoader} finds it, model files bring it back and the command line knows it by its
 * name. Its class then has a public constructor without parameters.
 */
public interface Metric {
  /**
   * Of classes the share of the images whose most probable class is the right one; of labels the
   * share of all labels that are told rightly by a probability above 0.5.
   */
  Metric ACCURACY = new Accuracy();

  /** Of what was taken for a class or label, the share that is of it; the mean over them. */
  Metric PRECISION = new CountedMetric(CountedMetric.Figure.PRECISION);

  /** Of what is of a class or label, the share that was taken for it; the mean over them. */
  Metric RECALL = new CountedMetric(CountedMetric.Figure.RECALL);

  /** The harmonic mean of precision and recall; the mean over classes or labels. */
  Metric F1_SCORE = new CountedMetric(CountedMetric.Figure.F1_SCORE);

  /**
   * The chance that of two images the one that is of a class or label has its higher probability,
   * by comparing all with all: the area under the ROC curve; the mean over those of which there are
   * images and others. NaN where there are none.
   */
  Metric AUC = new Auc();

  /** The mean distance of outputs from numbers. */
  Metric MEAN_ABSOLUTE_ERROR = new MeanAbsoluteError();

  /** {@return its name, which is Keras's where Keras has it: {@code "accuracy"}} */
  String name();

  /** {@return whether more of it is better} */
  default boolean moreIsBetter() {
    return true;
  }

  /**
   * {@return whether it can be measured}
   *
   * @param kind what images are compared with
   */
  boolean takes(TargetKind kind);

  /**
   * {@return whether it is told after each step of an epoch, too: what takes long over many images
   * is told at the epoch's end}
   */
  default boolean everyStep() {
    return true;
  }

  /**
   * {@return what measures it over some images, one after the other}
   *
   * @param kind what they are compared with, one that it takes
   * @param outputs how many outputs and targets each has
   * @param images how many there are at most
   */
  Accumulator accumulator(TargetKind kind, int outputs, int images);

  /**
   * Measures over images. The same images in the same order give the same bits, also where the
   * state was taken in between and another accumulator goes on with it.
   */
  interface Accumulator {
    /**
     * Adds an image; should not allocate.
     *
     * @param outputs what the network says of it
     * @param from index of its first output
     * @param targets what is right
     * @param at index of its first target
     */
    void add(float[] outputs, int from, float[] targets, int at);

    /** {@return the figure over the images so far; NaN where there is none} */
    double result();

    /** {@return all that it takes to go on, as a model file keeps it} */
    double[] state();

    /**
     * Goes on from a state.
     *
     * @param state what {@link #state} gave; empty to start anew
     * @throws IllegalArgumentException where it is none of this metric's
     */
    void restore(double[] state);
  }

  /**
   * {@return the share of the images whose class is among the most probable ones: {@code
   * top_5_accuracy}}
   *
   * @param k how many of these count
   * @throws IllegalArgumentException where k is not positive
   */
  static Metric top(int k) {
    return new TopAccuracy(k);
  }

  /**
   * {@return the metric that is usual for a kind of target}
   *
   * @param kind what images are compared with
   */
  static Metric usual(TargetKind kind) {
    return kind == TargetKind.VALUES ? MEAN_ABSOLUTE_ERROR : ACCURACY;
  }

  /**
   * {@return the metric of a name, Lanewise's or a user's that {@link java.util.ServiceLoader}
   * finds}
   *
   * @param name its name; that of {@link #top} with any number
   * @throws IllegalArgumentException where there is none, saying which there are
   */
  static Metric parse(String name) {
    List<Metric> known =
        new ArrayList<>(
            List.of(
                ACCURACY, top(3), top(5), PRECISION, RECALL, F1_SCORE, AUC, MEAN_ABSOLUTE_ERROR));
    Matcher top = Pattern.compile("top_([1-9]\\d{0,8})_accuracy").matcher(name);
    if (top.matches()) {
      known.add(top(Integer.parseInt(top.group(1))));
    }
    return Named.find("metric", name, Metric.class, Metric::name, known);
  }
}
