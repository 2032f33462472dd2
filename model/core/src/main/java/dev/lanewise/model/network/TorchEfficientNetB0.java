package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.SILU;
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
 * EfficientNet-B0 as torchvision has it: table 1 of Tan and Le, "EfficientNet: Rethinking Model
 * Scaling for Convolutional Neural Networks" (ICML 2019), with the padding of PyTorch, and the
 * names of its modules. Stochastic depth is an option of training.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names = @Names(conv = "{stage}.{index}.{unit}", batchNorm = "{stage}.{index}.{unit}"))
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
            activation = SILU))
@EachStage(
    names = {
      "features.1",
      "features.2",
      "features.3",
      "features.4",
      "features.5",
      "features.6",
      "features.7"
    },
    blocks = {
      EfficientSeparable.class,
      EfficientBlock.class,
      EfficientBlock.class,
      EfficientBlock.class,
      EfficientBlock.class,
      EfficientBlock.class,
      EfficientBlock.class
    },
    filters = {16, 24, 40, 80, 112, 192, 320},
    repeats = {1, 2, 2, 3, 3, 4, 1},
    strides = {1, 2, 2, 2, 1, 2, 1},
    kernels = {3, 3, 5, 3, 5, 5, 3})
@Tail(
    conv =
        @ConvBn(
            name = "features.8.0",
            normName = "features.8.1",
            kernel = 1,
            filters = 1280,
            bias = false,
            activation = SILU))
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "avgpool"),
    dropout = 0.2,
    dense = "classifier.1",
    initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.0316, max = 0.0316))
public interface TorchEfficientNetB0 {}
