package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Padding.EXPLICIT;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stem;

/**
 * {@link ResNet50} as tutorials write it that leave out the activation behind {@code bn_conv1}:
 * what the first normalisation gives goes to the pooling as it is.
 */
@Network(like = ResNet50.class)
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            activation = NONE))
public interface ResNet50LinearStem {}
