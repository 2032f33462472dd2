package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.MAX;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Dense;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/**
 * VGG16 as {@code keras.applications} has it, for images of at least 32x32: column D of table 1 of
 * Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition"
 * (2014), without their dropout.
 */
@DefaultPreprocessing(StandardPreprocessing.CAFFE)
@Network(names = @Names(conv = "{stage}_conv{number}", batchNorm = "{stage}_bn{number}"))
@Stem(
    conv = {
      @ConvBn(
          name = "block1_conv1",
          kernel = 3,
          filters = 64,
          padding = SAME,
          batchNorm = false,
          activation = RELU),
      @ConvBn(
          name = "block1_conv2",
          kernel = 3,
          filters = 64,
          padding = SAME,
          batchNorm = false,
          activation = RELU)
    },
    pool = @Pool(value = MAX, name = "block1_pool", size = 2))
@Stage(
    name = "block2",
    block = VggUnit.class,
    filters = 128,
    repeat = 2,
    pool = @Pool(value = MAX, name = "block2_pool", size = 2))
@Stage(
    name = "block3",
    block = VggUnit.class,
    filters = 256,
    repeat = 3,
    pool = @Pool(value = MAX, name = "block3_pool", size = 2))
@Stage(
    name = "block4",
    block = VggUnit.class,
    filters = 512,
    repeat = 3,
    pool = @Pool(value = MAX, name = "block4_pool", size = 2))
@Stage(
    name = "block5",
    block = VggUnit.class,
    filters = 512,
    repeat = 3,
    pool = @Pool(value = MAX, name = "block5_pool", size = 2))
@Head(
    hidden = {@Dense(name = "fc1", units = 4096), @Dense(name = "fc2", units = 4096)},
    dense = "predictions")
public interface KerasVgg16 {}
