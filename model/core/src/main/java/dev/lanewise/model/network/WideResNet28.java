package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

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
 * WRN-28-10 for images of 32x32: four blocks of two 3x3 in each of three stages, ten times as wide
 * as a ResNet for CIFAR (Zagoruyko and Komodakis, "Wide Residual Networks", BMVC 2016, table 1).
 */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL),
    names =
        @Names(
            conv = "{stage}_block{number}_conv{unit}",
            batchNorm = "{stage}_block{number}_bn{unit}"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 3,
            filters = 16,
            padding = SAME,
            bias = false,
            batchNorm = false))
@Stage(name = "conv2", block = WideBasicBlock.class, filters = 160, repeat = 4)
@Stage(name = "conv3", block = WideBasicBlock.class, filters = 320, repeat = 4, stride = 2)
@Stage(name = "conv4", block = WideBasicBlock.class, filters = 640, repeat = 4, stride = 2)
@Tail(batchNorm = "bn")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dense = "fc")
public interface WideResNet28 {}
