package dev.lanewise.model.plot;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.List;

/**
 * What is drawn as one node: a layer, or several that are computed together, each reading the one
 * before.
 *
 * @param layers the layers, at least one
 */
record Unit(List<LayerInfo> layers) {
  /** Which place a kind of layer has in a unit; a unit's places rise. */
  private static final int PREPARATION = 0;

  private static final int WORK = 1;
  private static final int NORMALIZATION = 2;
  private static final int ACTIVATION = 3;
  private static final int ALONE = 4;

  LayerInfo first() {
    return layers.get(0);
  }

  LayerInfo last() {
    return layers.get(layers.size() - 1);
  }

  String block() {
    return first().block();
  }

  List<Integer> outputShape() {
    return last().outputShape();
  }

  /** Returns the layer that gives the unit its name: the one that works most. */
  LayerInfo anchor() {
    for (LayerInfo layer : layers) {
      if (place(layer.config()) == WORK) {
        return layer;
      }
    }
    return first();
  }

  boolean isAddition() {
    return first().config() instanceof LayerConfig.Addition;
  }

  boolean isActivation() {
    return first().config() instanceof LayerConfig.Activated;
  }

  boolean hasConvolution() {
    return anchor().config() instanceof LayerConfig.Convolution;
  }

  long parameters() {
    return layers.stream().mapToLong(layer -> layer.trainable() + layer.nonTrainable()).sum();
  }

  /** Returns whether a layer that reads this unit alone can be computed together with it. */
  boolean takes(LayerInfo next) {
    int after = place(last().config());
    int place = place(next.config());
    return place < ALONE
        && after < place
        && next.block().equals(block())
        && next.inputs().size() == 1
        && !(last().config() instanceof LayerConfig.Flattening && place > WORK)
        && !(last().config() instanceof LayerConfig.ZeroPadding && place > WORK);
  }

  private static int place(LayerConfig config) {
    return switch (config) {
      case LayerConfig.ZeroPadding zeroPadding -> PREPARATION;
      case LayerConfig.Flattening flattening -> PREPARATION;
      case LayerConfig.Convolution convolution -> WORK;
      case LayerConfig.Pooling pooling -> WORK;
      case LayerConfig.Classification classification -> WORK;
      case LayerConfig.Dense dense -> WORK;
      case LayerConfig.BatchNormalization batchNormalization -> NORMALIZATION;
      case LayerConfig.Activated activated -> ACTIVATION;
      case LayerConfig.Addition addition -> ALONE;
      case LayerConfig.Multiplication multiplication -> ALONE;
      case LayerConfig.Concatenation concatenation -> ALONE;
      case LayerConfig.Reshaping reshaping -> PREPARATION;
      case LayerConfig.Dropout dropout -> ALONE;
      case LayerConfig.Input input -> ALONE;
    };
  }
}
