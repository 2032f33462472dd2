package dev.lanewise.kernel.grouped;

/**
 * How a convolution's channels fall into groups: the outputs of a group read its inputs alone
 * (Krizhevsky, Sutskever and Hinton, NIPS 2012).
 *
 * @param count number of groups
 * @param in input channels of a group
 * @param out output channels of a group
 */
public record Groups(int count, int in, int out) {
  /**
   * Cuts channels into groups.
   *
   * @param count number of groups
   * @param ic channels of the input
   * @param oc channels of the output
   * @throws IllegalArgumentException where the groups would not be equal
   */
  public static Groups of(int count, int ic, int oc) {
    if (count < 1 || ic % count != 0 || oc % count != 0) {
      throw new IllegalArgumentException(
          "groups must divide the channels, " + ic + " and " + oc + ", got " + count);
    }
    return new Groups(count, ic / count, oc / count);
  }

  /** {@return the channels of the input} */
  public int inputs() {
    return count * in;
  }

  /** {@return the channels of the output} */
  public int outputs() {
    return count * out;
  }

  /** Returns the groups as the gradient of the input sees them. */
  Groups transposed() {
    return new Groups(count, out, in);
  }
}
