package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;

/** What a planned call is made on or is given; how each looks in Java is the writer's business. */
public sealed interface Value {
  /** Nothing, where an argument may be left out. */
  Value NOTHING = new Nothing();

  /** What the block below takes of the gradient of its output while it is being made. */
  Value BELOW = new Below();

  /** A value that has a name in the generated class; its text is that name, for comments. */
  sealed interface Named extends Value {
    /** Returns the name of its variable: {@code "conv2a"}. */
    String name();
  }

  /**
   * A layer of the class.
   *
   * @param type what kind of layer it is
   * @param name its name
   */
  record Layer(LayerType type, String name) implements Named {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A tensor.
   *
   * @param name its name
   * @param shape where its shape comes from; null where the caller of the plan gives the tensor
   */
  record Tensor(String name, TensorShape shape) implements Named {
    /** Returns a tensor that the caller of the plan gives. */
    static Tensor given(String name) {
      return new Tensor(name, null);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * An object over tensors that a plan makes once, so that the passes allocate nothing.
   *
   * @param type its class
   * @param name its name
   * @param make what makes it; the tensors that the call is given are those it reads or writes
   */
  record View(ViewType type, String name, Call make) implements Named {
    /** Returns an operand that reads a tensor, or a view of one, without a change. */
    static View operand(String name, Named of) {
      return new View(ViewType.OPERAND, name, Call.of(new Type(ViewType.OPERAND), "of", of));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A class, whose static methods make views.
   *
   * @param type the class
   */
  record Type(ViewType type) implements Value {}

  /**
   * What sums a convolution's output for the statistics of the normalisation that follows.
   *
   * @param norm the normalisation
   */
  record Statistics(Layer norm) implements Value {}

  /**
   * An activation function.
   *
   * @param activation the function
   */
  record Function(Activation activation) implements Value {}

  /** See {@link Value#NOTHING}. */
  record Nothing() implements Value {}

  /** See {@link Value#BELOW}. */
  record Below() implements Value {}
}
