package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL_FAN_OUT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.MAX;

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

/**
 * VGG16 as torchvision has it: column D of table 1 of Simonyan and Zisserman, "Very Deep
 * Convolutional Networks for Large-Scale Image Recognition" (2014), with the names of its modules.
 * Where torchvision averages the last map to 7x7 this network takes it as it is: the same for
 * images of 224x224, whose dense layers alone fit torchvision's weights.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names =
        @Names(
            conv = "features.{position}",
            batchNorm = "features.{position}",
            stemBatchNorm = "bn_{unit}"))
@Stem(
    conv = {
      @ConvBn(
          name = "features.0",
          kernel = 3,
          filters = 64,
          padding = SAME,
          batchNorm = false,
          activation = RELU),
      @ConvBn(
          name = "features.2",
          kernel = 3,
          filters = 64,
          padding = SAME,
          batchNorm = false,
          activation = RELU)
    },
    pool = @Pool(value = MAX, name = "features.4", size = 2))
@Stage(
    name = "2",
    block = VggUnit.class,
    filters = 128,
    repeat = 2,
    pool = @Pool(value = MAX, name = "features.9", size = 2))
@Stage(
    name = "3",
    block = VggUnit.class,
    filters = 256,
    repeat = 3,
    pool = @Pool(value = MAX, name = "features.16", size = 2))
@Stage(
    name = "4",
    block = VggUnit.class,
    filters = 512,
    repeat = 3,
    pool = @Pool(value = MAX, name = "features.23", size = 2))
@Stage(
    name = "5",
    block = VggUnit.class,
    filters = 512,
    repeat = 3,
    pool = @Pool(value = MAX, name = "features.30", size = 2))
@Head(
    hidden = {
      @Dense(name = "classifier.0", units = 4096),
      @Dense(name = "classifier.3", units = 4096, dropout = 0.5)
    },
    dense = "classifier.6",
    dropout = 0.5)
public interface TorchVgg16 {}
