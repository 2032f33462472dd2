package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL_FAN_OUT;
import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * MobileNetV2 as torchvision has it: table 2 of Sandler et al., "MobileNetV2: Inverted Residuals
 * and Linear Bottlenecks" (CVPR 2018), with the padding of PyTorch, and the names of its modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names = @Names(conv = "{stage}.conv.{unit}", batchNorm = "{stage}.conv.{unit}"))
@Stem(
    conv =
        @ConvBn(
            name = "features.0.0",
            normName = "features.0.1",
            kernel = 3,
            filters = 32,
            stride = 2,
            padding = EXPLICIT,
            pad = 1,
            bias = false,
            activation = RELU6))
@EachStage(
    names = "features.{ordinal}",
    blocks = {
      TorchSeparable.class,
      TorchInvertedResidual.class,
      TorchInvertedResidual.class,
      TorchInvertedResidual.class,
      TorchInvertedResidual.class,
      TorchInvertedResidual.class,
      TorchInvertedResidual.class
    },
    filters = {16, 24, 32, 64, 96, 160, 320},
    repeats = {1, 2, 3, 4, 3, 3, 1},
    strides = {1, 2, 2, 2, 1, 2, 1})
@Tail(
    conv =
        @ConvBn(
            name = "features.18.0",
            normName = "features.18.1",
            kernel = 1,
            filters = 1280,
            bias = false,
            activation = RELU6))
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "avgpool"),
    dropout = 0.2,
    dense = "classifier.1",
    initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.0173, max = 0.0173))
public interface TorchMobileNetV2 {}
