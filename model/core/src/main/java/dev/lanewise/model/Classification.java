package dev.lanewise.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a network says of one image: the probability of each class. Immutable. */
public final class Classification {
  private final List<String> classNames;
  private final float[] probabilities;

  /** Takes the probabilities, by class index, as its own. */
  Classification(List<String> classNames, float[] probabilities) {
    this.classNames = classNames;
    this.probabilities = probabilities;
  }

  /** {@return the most probable class; of equally probable ones, that of the lowest index} */
  public Prediction best() {
    return top(1).get(0);
  }

  /**
   * {@return the most probable classes, the best first; of equally probable ones, those of the
   * lowest indices first}
   *
   * @param k how many; where there are fewer classes, all
   * @throws ModelException where k is not positive
   */
  public List<Prediction> top(int k) {
    if (k < 1) {
      throw new ModelException("at least 1 of the most probable classes can be told, not " + k);
    }
    return IntStream.range(0, probabilities.length)
        .mapToObj(c -> new Prediction(classNames.get(c), c, probabilities[c]))
        .sorted(Comparator.comparing(Prediction::probability).reversed())
        .limit(k)
        .toList();
  }

  /**
   * {@return the probability of a class}
   *
   * @param index index of the class, from 0
   * @throws IndexOutOfBoundsException where there is no class of that index
   */
  public float probability(int index) {
    return probabilities[index];
  }

  /** {@return the probabilities of all classes by their index, which add up to 1: a copy} */
  public float[] probabilities() {
    return probabilities.clone();
  }

  /**
   * {@return the most probable classes as a JSON object of one line, at full precision: {@code
   * {"image": "cat.jpg", "predictions": [{"class": "cat", "index": 0, "probability": 0.9731}]}}}
   *
   * @param image what was classified
   * @param k how many classes
   */
  public String toJson(String image, int k) {
    JsonArray best = new JsonArray();
    for (Prediction prediction : top(k)) {
      JsonObject one = new JsonObject();
      one.addProperty("class", prediction.className());
      one.addProperty("index", prediction.index());
      one.add("probability", JsonText.number(prediction.probability()));
      best.add(one);
    }
    JsonObject json = new JsonObject();
    json.addProperty("image", image);
    json.add("predictions", best);
    return JsonText.of(json);
  }

  /** Returns the best class and its probability: {@code "cat 0.9731"}. */
  @Override
  public String toString() {
    return best().toString();
  }
}
