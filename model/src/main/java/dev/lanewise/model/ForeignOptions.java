package dev.lanewise.model;

import java.util.List;

/**
 * What a weight file of another program does not say of its model, or is not believed.
 *
 * @param network the network whose weights they are
 * @param height rows of the input images; 0 where the file says it
 * @param width columns of the input images; 0 where the file says it
 * @param classNames names of the classes, by class index; empty for their numbers
 */
public record ForeignOptions(
    NetworkFactory network, int height, int width, List<String> classNames) {
  /**
   * Copies the names.
   *
   * @throws ModelException where an extent is negative, or only one of both is given
   */
  public ForeignOptions {
    classNames = List.copyOf(classNames);
    if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
      throw new ModelException(
          "the input wants a positive height and width, got " + height + "x" + width);
    }
  }

  /** Returns options with the input size that the file says, and numbers as names of classes. */
  public static ForeignOptions of(NetworkFactory network) {
    return new ForeignOptions(network, 0, 0, List.of());
  }

  /**
   * Returns options for a network known by name.
   *
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static ForeignOptions of(String network) {
    return of(Networks.factory(network));
  }

  /** Returns these options with an input size. */
  public ForeignOptions withInput(int height, int width) {
    return new ForeignOptions(network, height, width, classNames);
  }

  /** Returns these options with names of the classes. */
  public ForeignOptions withClassNames(List<String> classNames) {
    return new ForeignOptions(network, height, width, classNames);
  }
}
