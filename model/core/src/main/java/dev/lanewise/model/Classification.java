package dev.lanewise.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.JsonText;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.network.HeadActivation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says of one image: the probability of each class of which one is right or, as its
 * {@link #head} says, of each label of which any number is, or numbers. Immutable.
 */
public final class Classification {
  /** A label is told where its probability is above. */
  private static final float THRESHOLD = 0.5f;

  private final List<String> classNames;
  private final float[] outputs;
  private final HeadActivation head;

  /** Takes the outputs, by index, as its own. */
  Classification(List<String> classNames, float[] outputs, HeadActivation head) {
    this.classNames = classNames;
    this.outputs = outputs;
    this.head = head;
  }

  /**
   * {@return what the network makes of its logits: softmax for classes, sigmoid for labels, linear
   * for numbers}
   */
  public HeadActivation head() {
    return head;
  }

  /** {@return the names of the classes, labels or numbers, by index} */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * {@return the most probable class or label; of equally probable ones, that of the lowest index}
   *
   * @throws ModelException where the network tells numbers
   */
  public Prediction best() {
    return top(1).get(0);
  }

  /**
   * {@return the most probable classes or labels, the best first; of equally probable ones, those
   * of the lowest indices first}
   *
   * @param k how many; where there are fewer, all
   * @throws ModelException where k is not positive, or the network tells numbers
   */
  public List<Prediction> top(int k) {
    requireProbabilities();
    if (k < 1) {
      throw new ModelException("at least 1 of the most probable classes can be told, not " + k);
    }
    return IntStream.range(0, outputs.length)
        .mapToObj(c -> new Prediction(classNames.get(c), c, outputs[c]))
        .sorted(Comparator.comparing(Prediction::probability).reversed())
        .limit(k)
        .toList();
  }

  /**
   * {@return the labels of more than a probability, the most probable first; there may be none}
   *
   * @param threshold what a probability must be above: 0.5 as a rule
   * @throws ModelException where the network tells numbers
   */
  public List<Prediction> above(float threshold) {
    return top(outputs.length).stream()
        .filter(prediction -> prediction.probability() > threshold)
        .toList();
  }

  /**
   * {@return the probability of a class or label}
   *
   * @param index its index, from 0
   * @throws ModelException where the network tells numbers
   * @throws IndexOutOfBoundsException where there is none of that index
   */
  public float probability(int index) {
    requireProbabilities();
    return outputs[index];
  }

  /**
   * {@return the probabilities of all classes, which add up to 1, or labels by their index: a copy}
   *
   * @throws ModelException where the network tells numbers
   */
  public float[] probabilities() {
    requireProbabilities();
    return outputs.clone();
  }

  /** {@return what the network says, probabilities or numbers by their index: a copy} */
  public float[] outputs() {
    return outputs.clone();
  }

  private void requireProbabilities() {
    if (head == HeadActivation.LINEAR) {
      throw new ModelException(
          "a probability requires a network that tells classes or labels, got one of numbers");
    }
  }

  /**
   * {@return the most probable classes as a JSON object of one line, at full precision: {@code
   * {"image": "cat.jpg", "predictions": [{"class": "cat", "index": 0, "probability": 0.9731}]}}} Of
   * labels it has {@code labels} with a {@code label} each, of numbers {@code values} with {@code
   * name} and {@code value}.
   *
   * @param image what was classified
   * @param k how many classes or labels; of numbers all are told
   */
  public String toJson(String image, int k) {
    JsonArray all = new JsonArray();
    if (head == HeadActivation.LINEAR) {
      for (int i = 0; i < outputs.length; i++) {
        JsonObject one = new JsonObject();
        one.addProperty("name", classNames.get(i));
        one.addProperty("index", i);
        one.add("value", JsonText.number(outputs[i]));
        all.add(one);
      }
    } else {
      for (Prediction prediction : top(k)) {
        JsonObject one = new JsonObject();
        one.addProperty(head == HeadActivation.SOFTMAX ? "class" : "label", prediction.className());
        one.addProperty("index", prediction.index());
        one.add("probability", JsonText.number(prediction.probability()));
        all.add(one);
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("image", image);
    json.add(
        switch (head) {
          case SOFTMAX -> "predictions";
          case SIGMOID -> "labels";
          case LINEAR -> "values";
        },
        all);
    return JsonText.of(json);
  }

  /**
   * Returns the best class and its probability, {@code "cat 0.9731"}; the labels of more than 0.5;
   * or all numbers.
   */
  @Override
  public String toString() {
    return switch (head) {
      case SOFTMAX -> best().toString();
      case SIGMOID ->
          String.join(", ", above(THRESHOLD).stream().map(Prediction::toString).toList());
      case LINEAR ->
          String.join(
              ", ",
              IntStream.range(0, outputs.length)
                  .mapToObj(i -> classNames.get(i) + " " + Numbers.fixed4(outputs[i]))
                  .toList());
    };
  }
}
