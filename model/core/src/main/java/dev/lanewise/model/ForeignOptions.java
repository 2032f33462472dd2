package dev.lanewise.model;

import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import java.util.List;

/**
 * What a weight file of another program does not say of its model, or is not believed.
 *
 * @param network the network whose weights they are
 * @param height rows of the input images; 0 where the file says it
 * @param width columns of the input images; 0 where the file says it
 * @param classNames names of the classes, by class index; empty for their numbers
 * @param preprocessing how images become what the network takes, which no such file says
 */
public record ForeignOptions(
    NetworkFactory network,
    int height,
    int width,
    List<String> classNames,
    Preprocessing preprocessing) {
  /**
   * Copies the names.
   *
   * @throws ModelException where an extent is negative, or only one of both is given
   */
  public ForeignOptions {
    classNames = List.copyOf(classNames);
    if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
      throw new ModelException(
          "the input requires a positive height and width, got " + height + "x" + width);
    }
  }

  /**
   * {@return options with the input size that the file says, numbers as names of classes, and
   * pixels / 255}
   *
   * @param network makes the network: the constructor of a generated class, such as {@code
   *     ResNet50Network::new}
   */
  public static ForeignOptions of(NetworkFactory network) {
    return new ForeignOptions(network, 0, 0, List.of(), StandardPreprocessing.RESCALE);
  }

  /**
   * {@return options for a network known by name, with the preprocessing that is usual with it}
   *
   * @param network a name that {@link Networks#entry} knows
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static ForeignOptions of(String network) {
    Networks.Entry entry = Networks.entry(network);
    return of(entry.factory()).withPreprocessing(entry.preprocessing());
  }

  /**
   * {@return these options with an input size}
   *
   * @param height rows of the input images; 0, as width, where the file says it
   * @param width columns of the input images; 0, as height, where the file says it
   */
  public ForeignOptions withInput(int height, int width) {
    return new ForeignOptions(network, height, width, classNames, preprocessing);
  }

  /**
   * {@return these options with names of the classes}
   *
   * @param classNames by class index; empty for their numbers
   */
  public ForeignOptions withClassNames(List<String> classNames) {
    return new ForeignOptions(network, height, width, classNames, preprocessing);
  }

  /**
   * {@return these options with a preprocessing}
   *
   * @param preprocessing how images become what the network takes
   */
  public ForeignOptions withPreprocessing(Preprocessing preprocessing) {
    return new ForeignOptions(network, height, width, classNames, preprocessing);
  }
}
