package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.network.HeadActivation;
import java.util.List;

/**
 * What training minimises: the mean over the images of the loss of one. A user's own is given to
 * {@code Model.compile}; where {@link java.util.ServiceLoader} finds it, model files bring it back
 * and the command line knows it by its name. Its class then has a public constructor without
 * parameters.
 *
 * <p>A loss has no state: several threads may use it.
 */
public interface Loss {
  /**
   * -ln(probability of the right class); where a target is a distribution over the classes, the sum
   * of -share * ln(probability) over them. Behind softmax.
   */
  Loss CATEGORICAL_CROSSENTROPY = new CategoricalCrossentropy();

  /** The mean over the labels of -ln(probability of what the label is, 1 or 0). Behind sigmoid. */
  Loss BINARY_CROSSENTROPY = new BinaryCrossentropy();

  /** The mean over the numbers of (output - target)^2. */
  Loss MEAN_SQUARED_ERROR = new MeanSquaredError();

  /** {@return its name, which is Keras's where Keras has it: {@code "binary_crossentropy"}} */
  String name();

  /** {@return what images are compared with by it} */
  TargetKind targets();

  /** {@return what the network makes of its logits under it} */
  HeadActivation head();

  /**
   * Returns the loss of one image for an evaluation.
   *
   * @param outputs what the head made of the logits
   * @param from index of the image's first output
   * @param targets what they are compared with
   * @param at index of the image's first target
   * @param n how many outputs and targets the image has
   * @return the loss; NaN where an output is
   */
  double of(float[] outputs, int from, float[] targets, int at, int n);

  /**
   * Returns the loss of one image for a training step, and writes its gradient.
   *
   * @param logits the network's, before the head's activation
   * @param from index of the image's first logit
   * @param targets what they are compared with; of classes their shares by label smoothing and
   *     weights, whose sum is the image's weight
   * @param at index of the image's first target
   * @param gradient receives the derivative by each of the image's logits; as long as there are
   * @return the loss
   */
  double gradient(float[] logits, int from, float[] targets, int at, double[] gradient);

  /**
   * {@return the loss that is usual for a kind of target}
   *
   * @param kind what images are compared with
   */
  static Loss usual(TargetKind kind) {
    return switch (kind) {
      case CLASS -> CATEGORICAL_CROSSENTROPY;
      case LABELS -> BINARY_CROSSENTROPY;
      case VALUES -> MEAN_SQUARED_ERROR;
    };
  }

  /**
   * {@return the loss of a name, Lanewise's or a user's that {@link java.util.ServiceLoader} finds}
   *
   * @param name its name
   * @throws IllegalArgumentException where there is none, saying which there are
   */
  static Loss parse(String name) {
    return Named.find(
        "loss",
        name,
        Loss.class,
        Loss::name,
        List.of(CATEGORICAL_CROSSENTROPY, BINARY_CROSSENTROPY, MEAN_SQUARED_ERROR));
  }
}
