package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL_FAN_OUT;
import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Dense;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * MobileNetV3 large as torchvision has it: table 1 of Howard et al., "Searching for MobileNetV3"
 * (ICCV 2019), with the padding of PyTorch, and the names of its modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.99, epsilon = 1e-3),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}"))
@Stem(
    conv =
        @ConvBn(
            name = "features.0.0",
            normName = "features.0.1",
            kernel = 3,
            filters = 16,
            stride = 2,
            padding = EXPLICIT,
            pad = 1,
            bias = false,
            activation = HARD_SWISH))
@Stage(name = "features.{ordinal}", block = MobileSeparable.class, filters = 16)
@Stage(
    name = "features.{ordinal}",
    block = MobileBlock3.class,
    filters = {64, 24},
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileBlock3.class,
    filters = {72, 24})
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedBlock5.class,
    filters = {72, 40},
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedBlock5.class,
    filters = {120, 40},
    repeat = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileSwishBlock3.class,
    filters = {240, 80},
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileSwishBlock3.class,
    filters = {200, 80})
@Stage(
    name = "features.{ordinal}",
    block = MobileSwishBlock3.class,
    filters = {184, 80},
    repeat = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedSwishBlock.class,
    kernel = 3,
    filters = {480, 112})
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedSwishBlock.class,
    kernel = 3,
    filters = {672, 112})
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedSwishBlock.class,
    kernel = 5,
    filters = {672, 160},
    stride = 2)
@Stage(
    name = "features.{ordinal}",
    block = MobileGatedSwishBlock.class,
    kernel = 5,
    filters = {960, 160},
    repeat = 2)
@Tail(
    conv =
        @ConvBn(
            name = "features.16.0",
            normName = "features.16.1",
            kernel = 1,
            filters = 960,
            bias = false,
            activation = HARD_SWISH))
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "avgpool"),
    hidden = @Dense(name = "classifier.0", units = 1280, activation = HARD_SWISH),
    dropout = 0.2,
    dense = "classifier.3",
    initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.0173, max = 0.0173))
public interface TorchMobileNetV3 {}
