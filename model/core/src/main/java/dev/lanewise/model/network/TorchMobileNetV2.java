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
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
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
@Stage(name = "features.{ordinal}", block = TorchSeparable.class, filters = 16)
@Stage(
    name = "features.{ordinal}",
    block = TorchInvertedResidual.class,
    filters = 24,
    repeat = 2,
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = TorchInvertedResidual.class,
    filters = 32,
    repeat = 3,
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = TorchInvertedResidual.class,
    filters = 64,
    repeat = 4,
    stride = 2)
@Stage(name = "features.{ordinal}", block = TorchInvertedResidual.class, filters = 96, repeat = 3)
@Stage(
    name = "features.{ordinal}",
    block = TorchInvertedResidual.class,
    filters = 160,
    repeat = 3,
    stride = 2)
@Stage(name = "features.{ordinal}", block = TorchInvertedResidual.class, filters = 320)
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
