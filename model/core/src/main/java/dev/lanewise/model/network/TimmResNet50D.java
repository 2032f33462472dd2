package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/**
 * ResNet50-D as timm has it ({@code resnet50d}): three 3x3 in place of the 7x7, and an average in
 * front of each projection with a stride (He et al., "Bag of Tricks for Image Classification with
 * Convolutional Neural Networks", CVPR 2019, figure 2), with the names of timm's modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    like = TorchResNet50.class,
    names =
        @Names(
            conv = "{stage}.{index}.{unit}",
            batchNorm = "{stage}.{index}.{unit}",
            projectionConv = "{stage}.{index}.downsample.1",
            projectionBatchNorm = "{stage}.{index}.downsample.2"))
@Stem(
    conv = {
      @ConvBn(
          name = "conv1.0",
          normName = "conv1.1",
          kernel = 3,
          filters = 32,
          stride = 2,
          padding = EXPLICIT,
          pad = 1,
          bias = false),
      @ConvBn(
          name = "conv1.3",
          normName = "conv1.4",
          kernel = 3,
          filters = 32,
          padding = EXPLICIT,
          pad = 1,
          bias = false),
      @ConvBn(
          name = "conv1.6",
          normName = "bn1",
          kernel = 3,
          filters = 64,
          padding = EXPLICIT,
          pad = 1,
          bias = false)
    })
@Stage(name = "layer1", block = TimmAveragingBottleneck.class)
@Stage(name = "layer2", block = TimmAveragingBottleneck.class)
@Stage(name = "layer3", block = TimmAveragingBottleneck.class)
@Stage(name = "layer4", block = TimmAveragingBottleneck.class)
public interface TimmResNet50D {}
