package dev.lanewise.model.training;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures loss and metrics over images, each with the same weight. */
public final class Measurement {
  /** The figure that is always measured. */
  public static final String LOSS = "loss";

  private final Loss loss;
  private final int outputs;
  private final List<Metric.Accumulator> accumulators = new ArrayList<>();
  private final List<String> names;

  /** What is told after each step: indices into the accumulators, and the names with the loss. */
  private final int[] everyStep;

  private final List<String> stepNames;
  private double lossSum;
  private int images;

  /**
   * Starts over no images.
   *
   * @param loss what training minimises
   * @param metrics what is measured beside it, in the order in which it is told
   * @param data images of which at most as many are measured
   * @throws ModelException where loss or a metric goes with other targets
   */
  public Measurement(Loss loss, List<Metric> metrics, ImageDataset data) {
    this.loss = loss;
    this.outputs = data.classNames().size();
    requireTargets(loss, metrics, data.targetKind());
    List<String> all = new ArrayList<>(List.of(LOSS));
    List<String> ofSteps = new ArrayList<>(List.of(LOSS));
    List<Integer> told = new ArrayList<>();
    for (Metric metric : metrics) {
      if (metric.everyStep()) {
        told.add(accumulators.size());
        ofSteps.add(metric.name());
      }
      accumulators.add(metric.accumulator(data.targetKind(), outputs, data.size()));
      all.add(metric.name());
    }
    // Figures of each step take them as they are, where they cannot change.
    names = List.copyOf(all);
    stepNames = List.copyOf(ofSteps);
    everyStep = told.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Checks that what is measured goes with images.
   *
   * @param loss what training minimises
   * @param metrics what is measured beside it
   * @param kind what images are compared with
   * @throws ModelException where one goes with others
   */
  public static void requireTargets(Loss loss, List<Metric> metrics, TargetKind kind) {
    if (loss.targets() != kind) {
      throw new ModelException(
          "the loss "
              + loss.name()
              + " requires images with "
              + loss.targets().text()
              + " each, got images with "
              + kind.text());
    }
    for (Metric metric : metrics) {
      if (!metric.takes(kind)) {
        throw new ModelException(
            "the metric "
                + metric.name()
                + " cannot be measured over images with "
                + kind.text()
                + " each");
      }
    }
  }

  /**
   * Checks that a figure is measured.
   *
   * @param what asks for it, for messages: {@code "watch"}
   * @param watch the figure
   * @param metrics what is measured beside the loss
   * @throws ModelException where it is not
   */
  public static void requireMeasured(String what, Watch watch, List<Metric> metrics) {
    List<String> measured = new ArrayList<>(List.of(LOSS));
    metrics.forEach(metric -> measured.add(metric.name()));
    if (!measured.contains(Figures.plainName(watch.name()))) {
      throw new ModelException(
          what
              + " requires a figure that is measured, of "
              + String.join(", ", measured)
              + ", got "
              + watch.name());
    }
  }

  /**
   * Adds an image.
   *
   * @param values what the network says of it
   * @param from index of its first output
   * @param targets what is right
   * @param at index of its first target
   */
  public void add(float[] values, int from, float[] targets, int at) {
    lossSum += loss.of(values, from, targets, at, outputs);
    measure(values, from, targets, at);
  }

  /**
   * Adds the images of a training batch, whose mean loss is known.
   *
   * @param meanLoss the loss
   * @param n how many images there are
   * @param values what the network says of them, [n,outputs]
   * @param from index of the first
   * @param targets what is right, [n,outputs]
   */
  public void add(double meanLoss, int n, float[] values, int from, float[] targets) {
    lossSum += meanLoss * n;
    for (int i = 0; i < n; i++) {
      measure(values, from + i * outputs, targets, i * outputs);
    }
  }

  private void measure(float[] values, int from, float[] targets, int at) {
    // By index: an iterator would be an allocation for each image.
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).add(values, from, targets, at);
    }
    images++;
  }

  /** {@return the number of images so far} */
  public int images() {
    return images;
  }

  /** {@return the mean loss of the images so far} */
  public double loss() {
    return lossSum / images;
  }

  /** {@return loss and all metrics over the images so far} */
  public Figures figures() {
    double[] values = new double[names.size()];
    values[0] = loss();
    for (int i = 0; i < accumulators.size(); i++) {
      values[i + 1] = accumulators.get(i).result();
    }
    return new Figures(names, values);
  }

  /** {@return loss and those metrics that are told after each step, over the images so far} */
  public Figures soFar() {
    double[] values = new double[stepNames.size()];
    values[0] = loss();
    for (int i = 0; i < everyStep.length; i++) {
      values[i + 1] = accumulators.get(everyStep[i]).result();
    }
    return new Figures(stepNames, values);
  }

  /** Starts anew. */
  public void clear() {
    restore(Map.of());
  }

  /** {@return all that it takes to go on, by the names of the figures} */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put(LOSS, new double[] {lossSum, images});
    for (int i = 0; i < accumulators.size(); i++) {
      state.put(names.get(i + 1), accumulators.get(i).state());
    }
    return state;
  }

  /**
   * Goes on from a state; what it does not hold starts anew.
   *
   * @param state what {@link #state} gave
   * @throws IllegalArgumentException where it is that of another measurement
   */
  public void restore(Map<String, double[]> state) {
    double[] ofLoss = state.getOrDefault(LOSS, new double[2]);
    if (ofLoss.length != 2) {
      throw new IllegalArgumentException("a mean requires 2 numbers, got " + ofLoss.length);
    }
    lossSum = ofLoss[0];
    images = (int) ofLoss[1];
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).restore(state.getOrDefault(names.get(i + 1), new double[0]));
    }
  }
}
