package dev.lanewise.model.training;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.train.Term;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weights of classes in a loss, as a {@link Recipe} gives them. */
public final class ClassWeights {
  private static final String BALANCED = "balanced";

  private ClassWeights() {}

  /**
   * Checks a text by itself, before there are images.
   *
   * @param text as {@link Recipe#classWeights}
   * @throws ModelException where it is none, or names a class twice
   */
  public static void check(String text) {
    if (!text.isEmpty() && !text.equals(BALANCED)) {
      named(text);
    }
  }

  /**
   * {@return a weight for each class of a data set}
   *
   * @param text as {@link Recipe#classWeights}
   * @param train images with one class each
   * @throws ModelException where it is none, names what is no class, or leaves nothing to learn
   */
  public static double[] of(String text, ImageDataset train) {
    List<String> names = train.classNames();
    double[] weights = new double[names.size()];
    Arrays.fill(weights, 1);
    if (text.isEmpty()) {
      return weights;
    }
    if (text.equals(BALANCED)) {
      return balanced(train);
    }
    named(text)
        .forEach(
            (name, weight) -> {
              int index = names.indexOf(name);
              if (index < 0) {
                throw new ModelException(
                    "class weights require names of classes, which are "
                        + names
                        + ", got '"
                        + name
                        + "'");
              }
              weights[index] = weight;
            });
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      throw new ModelException(
          "class weights require a class with a weight above 0, got '" + text + "'");
    }
    return weights;
  }

  private static double[] balanced(ImageDataset train) {
    double[] weights = new double[train.classNames().size()];
    int[] counts = new int[weights.length];
    for (int i = 0; i < train.size(); i++) {
      counts[train.label(i)]++;
    }
    for (int c = 0; c < weights.length; c++) {
      weights[c] = counts[c] == 0 ? 1 : train.size() / ((double) weights.length * counts[c]);
    }
    return weights;
  }

  private static Map<String, Double> named(String text) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String term : Term.split(text, ',')) {
      int equals = term.lastIndexOf('=');
      double weight = equals < 0 ? Double.NaN : number(term.substring(equals + 1));
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new ModelException(
            "class weights require '"
                + BALANCED
                + "' or names of classes with numbers of at least 0, as in cat=2,dog=1, got '"
                + term
                + "'");
      }
      String name = term.substring(0, equals).strip();
      if (weights.put(name, weight) != null) {
        throw new ModelException(
            "class weights require each class once, got '" + name + "' twice in '" + text + "'");
      }
    }
    return weights;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
