package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL;
import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

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
 * DenseNet121 as torchvision has it: table 1 of Huang et al., "Densely Connected Convolutional
 * Networks" (CVPR 2017), with the padding of PyTorch, and the names of its modules. The dense
 * kernel starts within 1 / sqrt(1024).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL),
    names =
        @Names(
            conv = "{stage}.{unit}",
            batchNorm = "{stage}.{unit}",
            activation = "{stage}.{unit}",
            add = "{stage}.concat",
            stemBatchNorm = "features.norm0"))
@Stem(
    conv =
        @ConvBn(
            name = "features.conv0",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            bias = false),
    pool =
        @Pool(
            value = MAX,
            name = "features.pool0",
            size = 3,
            stride = 2,
            padding = EXPLICIT,
            pad = 1))
@Stage(
    name = "features.denseblock1.denselayer{number}",
    block = TorchDenseLayer.class,
    filters = 32,
    repeat = 6)
@Stage(
    name = "features.transition1",
    block = TorchTransition.class,
    filters = 128,
    pool = @Pool(value = AVERAGE, name = "features.transition1.pool", size = 2))
@Stage(
    name = "features.denseblock2.denselayer{number}",
    block = TorchDenseLayer.class,
    filters = 32,
    repeat = 12)
@Stage(
    name = "features.transition2",
    block = TorchTransition.class,
    filters = 256,
    pool = @Pool(value = AVERAGE, name = "features.transition2.pool", size = 2))
@Stage(
    name = "features.denseblock3.denselayer{number}",
    block = TorchDenseLayer.class,
    filters = 32,
    repeat = 24)
@Stage(
    name = "features.transition3",
    block = TorchTransition.class,
    filters = 512,
    pool = @Pool(value = AVERAGE, name = "features.transition3.pool", size = 2))
@Stage(
    name = "features.denseblock4.denselayer{number}",
    block = TorchDenseLayer.class,
    filters = 32,
    repeat = 16)
@Tail(batchNorm = "features.norm5")
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "avgpool"),
    dense = "classifier",
    initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.03125, max = 0.03125))
public interface TorchDenseNet121 {}
