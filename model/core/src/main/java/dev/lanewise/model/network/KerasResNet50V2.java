package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Stage.StrideAt.LAST;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * ResNet50 v2 as {@code keras.applications} has it, for images of at least 32x32: blocks that
 * normalise and activate what they read, and the stride in the last block of a stage.
 */
@DefaultPreprocessing(StandardPreprocessing.SIGNED)
@Network(
    like = KerasResNet50.class,
    names =
        @Names(
            conv = "{stage}_block{number}_{unit}_conv",
            batchNorm = "{stage}_block{number}_{unit}_bn",
            activation = "{stage}_block{number}_{unit}_relu",
            padding = "{stage}_block{number}_{unit}_pad",
            add = "{stage}_block{number}_out",
            stemPadding = "conv1_pad"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1_conv",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            batchNorm = false))
@Stage(name = "conv2", block = KerasPreActivatedBottleneck.class, stride = 2, strideAt = LAST)
@Stage(name = "conv3", block = KerasPreActivatedBottleneck.class, strideAt = LAST)
@Stage(name = "conv4", block = KerasPreActivatedBottleneck.class, strideAt = LAST)
@Stage(name = "conv5", block = KerasPreActivatedBottleneck.class, stride = 1)
@Tail(batchNorm = "post_bn", activation = "post_relu")
public interface KerasResNet50V2 {}
