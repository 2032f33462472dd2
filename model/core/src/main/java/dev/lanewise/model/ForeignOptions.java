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
 * @param preprocessing how images become what the network takes
 * @param ofFile whether the first layers of the file's own model, where it has such, say better how
 *     images become what the network takes
 */
public record ForeignOptions(
    NetworkFactory network,
    int height,
    int width,
    List<String> classNames,
    Preprocessing preprocessing,
    boolean ofFile) {
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
   * {@return options with the input size that the file says, numbers as names of classes, and the
   * preprocessing of its first layers, else pixels / 255}
   *
   * @param network makes the network: the constructor of a generated class, such as {@code
   *     ResNet50Network::new}
   */
  public static ForeignOptions of(NetworkFactory network) {
    return new ForeignOptions(network, 0, 0, List.of(), StandardPreprocessing.RESCALE, true);
  }

  /**
   * {@return options for a network known by name, with the preprocessing of the file's first
   * layers, else the one that is usual with the network}
   *
   * @param network a name that {@link Networks#entry} knows
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static ForeignOptions of(String network) {
    Networks.Entry entry = Networks.entry(network);
    return new ForeignOptions(entry.factory(), 0, 0, List.of(), entry.preprocessing(), true);
  }

  /**
   * {@return these options with an input size}
   *
   * @param height rows of the input images; 0, as width, where the file says it
   * @param width columns of the input images; 0, as height, where the file says it
   */
  public ForeignOptions withInput(int height, int width) {
    return new ForeignOptions(network, height, width, classNames, preprocessing, ofFile);
  }

  /**
   * {@return these options with names of the classes}
   *
   * @param classNames by class index; empty for their numbers
   */
  public ForeignOptions withClassNames(List<String> classNames) {
    return new ForeignOptions(network, height, width, classNames, preprocessing, ofFile);
  }

  /**
   * {@return these options with a preprocessing, whatever the file's first layers say}
   *
   * @param preprocessing how images become what the network takes
   */
  public ForeignOptions withPreprocessing(Preprocessing preprocessing) {
    return new ForeignOptions(network, height, width, classNames, preprocessing, false);
  }

  /**
   * {@return how images become what the network takes}
   *
   * @param source what the file says
   */
  Preprocessing preprocessing(WeightSource source) {
    return ofFile && source.preprocessing() != null ? source.preprocessing() : preprocessing;
  }
}
