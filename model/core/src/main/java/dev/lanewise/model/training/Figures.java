package dev.lanewise.model.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was measured, by Keras's names and in the order in which it was asked for: {@code loss},
 * metrics, and the same of validation images as {@code val_loss} and so on. Never changes.
 */
public final class Figures {
  /** No figures. */
  public static final Figures NONE = new Figures(List.of());

  private static final String VALIDATION = "val_";

  private final List<String> names;
  private final double[] values;

  /**
   * Keeps figures.
   *
   * @param names a name for each
   * @param values in the order of the names; NaN where it was not measured
   * @throws IllegalArgumentException where there are not as many of both
   */
  public Figures(List<String> names, double... values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          names.size() + " names require as many figures, got " + values.length);
    }
    this.names = List.copyOf(names);
    this.values = values.clone();
  }

  /** {@return the names, in their order} */
  public List<String> names() {
    return names;
  }

  /**
   * {@return a figure; NaN where it was not measured}
   *
   * @param name its name
   */
  public double of(String name) {
    int index = names.indexOf(name);
    return index < 0 ? Double.NaN : values[index];
  }

  /**
   * Tells of all figures in their order.
   *
   * @param action takes name and value, which may be NaN
   */
  public void forEach(BiConsumer<String, Double> action) {
    for (int i = 0; i < values.length; i++) {
      action.accept(names.get(i), values[i]);
    }
  }

  /**
   * {@return those of training and of validation images in one: {@code loss}, {@code val_loss}}
   *
   * @param validation figures by the names that they have by themselves
   */
  public Figures withValidation(Figures validation) {
    List<String> all = new ArrayList<>(names);
    validation.names.forEach(name -> all.add(ofValidation(name)));
    double[] both = Arrays.copyOf(values, all.size());
    System.arraycopy(validation.values, 0, both, values.length, validation.values.length);
    return new Figures(all, both);
  }

  /** {@return those of the validation images alone, by the names that they have by themselves} */
  public Figures validation() {
    return of(true);
  }

  /** {@return those of the training images alone} */
  public Figures training() {
    return of(false);
  }

  private Figures of(boolean validation) {
    int[] chosen =
        IntStream.range(0, values.length)
            .filter(i -> isOfValidation(names.get(i)) == validation)
            .toArray();
    return new Figures(
        IntStream.of(chosen).mapToObj(i -> plainName(names.get(i))).toList(),
        IntStream.of(chosen).mapToDouble(i -> values[i]).toArray());
  }

  /**
   * {@return whether a figure is one of validation images}
   *
   * @param name its name
   */
  public static boolean isOfValidation(String name) {
    return name.startsWith(VALIDATION);
  }

  /**
   * {@return the name of a figure of validation images}
   *
   * @param name the name that it has by itself
   */
  public static String ofValidation(String name) {
    return VALIDATION + name;
  }

  /**
   * {@return the name that a figure has by itself: without {@code val_}}
   *
   * @param name its name
   */
  public static String plainName(String name) {
    return isOfValidation(name) ? name.substring(VALIDATION.length()) : name;
  }

  /**
   * {@return a shorter name of a figure, where a line is short: {@code val_acc}}
   *
   * @param name its name
   */
  public static String shortName(String name) {
    return name.replace("accuracy", "acc").replace("mean_absolute_error", "mae");
  }

  /**
   * {@return the names of several epochs' figures, each once, those of training first}
   *
   * @param epochs the epochs
   */
  public static List<String> names(List<EpochResult> epochs) {
    List<String> all =
        epochs.stream().flatMap(epoch -> epoch.figures().names().stream()).distinct().toList();
    return Stream.concat(
            all.stream().filter(name -> !isOfValidation(name)),
            all.stream().filter(Figures::isOfValidation))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures that
        && names.equals(that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.hashCode(values);
  }

  /** {@return {@code "loss 0.5, accuracy 0.75"}} */
  @Override
  public String toString() {
    return String.join(
        ", ",
        IntStream.range(0, values.length).mapToObj(i -> names.get(i) + " " + values[i]).toList());
  }
}
