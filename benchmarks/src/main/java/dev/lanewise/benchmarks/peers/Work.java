package dev.lanewise.benchmarks.peers;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of work that every contender does alike. Networks are the tutorials' ResNet50 for 6
 * classes; kernels are convolutions with stride 1 and 'same' padding.
 *
 * @param kind what is done
 * @param images images in the batch
 * @param size rows and columns of the images, or of the maps that a kernel reads and writes
 * @param window rows and columns of a kernel's window, 1 or 3; 0 for networks
 * @param ic a kernel's input channels; 0 for networks
 * @param oc a kernel's output channels; 0 for networks
 */
public record Work(Kind kind, int images, int size, int window, int ic, int oc) {
  /** Classes of the networks. */
  public static final int CLASSES = 6;

  private static final Pattern NETWORK = Pattern.compile("(training|inference)-(\\d+)x(\\d+)");
  private static final Pattern KERNEL =
      Pattern.compile("(forward|input-gradient|weight-gradient)-(\\d+)x(\\d+)-(\\d)-(\\d+)-(\\d+)");

  /** What is done. */
  public enum Kind {
    /** Forward, backward and Adam. */
    TRAINING("training step"),
    /** Probabilities with the moving statistics. */
    INFERENCE("inference"),
    /** Output of a convolution. */
    FORWARD("forward"),
    /** Gradient of a convolution's input. */
    INPUT_GRADIENT("input gradient"),
    /** Gradient of a convolution's weights. */
    WEIGHT_GRADIENT("weight gradient");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Returns the name in words. */
    public String text() {
      return text;
    }

    /** Whether a whole network works. */
    public boolean isNetwork() {
      return this == TRAINING || this == INFERENCE;
    }

    private static Kind of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Returns the work of a network. */
  public static Work network(Kind kind, int images, int size) {
    return new Work(kind, images, size, 0, 0, 0);
  }

  /**
   * Returns the work that an {@link #id} names.
   *
   * @throws IllegalArgumentException where it names none
   */
  public static Work parse(String id) {
    Matcher m = NETWORK.matcher(id);
    if (m.matches()) {
      return network(of(m, 1), number(m, 2), number(m, 3));
    }
    m = KERNEL.matcher(id);
    if (m.matches()) {
      return new Work(
          of(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
    }
    throw new IllegalArgumentException(
        "wanted a work like training-32x64 or forward-32x15-3-64-64, got '" + id + "'");
  }

  private static Kind of(Matcher m, int group) {
    return Kind.of(m.group(group));
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  /** Returns a name without blanks, such as training-32x64 or forward-32x15-3-64-128. */
  public String id() {
    String head =
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + images + "x" + size;
    return kind.isNetwork() ? head : head + "-" + window + "-" + ic + "-" + oc;
  }

  /** Returns the name in words. */
  public String text() {
    if (kind.isNetwork()) {
      return kind.text() + ", " + size + "x" + size + ", batch " + images;
    }
    String maps = images + "x" + size + "x" + size;
    return window + "x" + window + " " + kind.text() + ", " + maps + ", " + ic + " to " + oc;
  }

  /** Returns a kernel's operations, a multiply and an add counting as two; 0 for networks. */
  public long flops() {
    return 2L * images * size * size * window * window * ic * oc;
  }
}
