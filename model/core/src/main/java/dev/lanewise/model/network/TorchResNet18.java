package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL_FAN_OUT;
import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

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

/**
 * ResNet18 as torchvision has it: table 1 of He et al. (2015) with the padding of PyTorch, and the
 * names of its modules. The dense kernel starts within 1 / sqrt(512).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names =
        @Names(
            conv = "{stage}.{index}.conv{unit}",
            batchNorm = "{stage}.{index}.bn{unit}",
            projectionConv = "{stage}.{index}.downsample.0",
            projectionBatchNorm = "{stage}.{index}.downsample.1",
            stemBatchNorm = "bn1"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            bias = false),
    pool = @Pool(value = MAX, name = "maxpool", size = 3, stride = 2, padding = EXPLICIT, pad = 1))
@EachStage(
    names = {"layer1", "layer2", "layer3", "layer4"},
    blocks = TorchBasicBlock.class,
    filters = {64, 128, 256, 512},
    repeats = {2, 2, 2, 2},
    strides = {1, 2, 2, 2})
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "avgpool"),
    dense = "fc",
    initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.0442, max = 0.0442))
public interface TorchResNet18 {}
