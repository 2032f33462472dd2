package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/**
 * ResNet56 v1 for images of 32x32, as Keras's example {@code cifar10_resnet.py} builds it with n =
 * 9, after He et al. (2015), section 4.2. Layers are named by Keras's numbers.
 */
@Network(
    initializer = @Initializer(HE_NORMAL),
    names =
        @Names(
            conv = "conv2d_{serial}",
            batchNorm = "batch_normalization_{serial}",
            stemBatchNorm = "batch_normalization_1"))
@Stem(conv = @ConvBn(name = "conv2d_1", kernel = 3, filters = 16, padding = SAME))
@Stage(name = "1", block = CifarBlock.class, filters = 16, repeat = 9)
@Stage(name = "2", block = CifarBlock.class, filters = 32, repeat = 9, stride = 2)
@Stage(name = "3", block = CifarBlock.class, filters = 64, repeat = 9, stride = 2)
@Head(pool = @Pool(value = AVERAGE, size = 8), dense = "dense_1")
public interface CifarResNet56 {}
