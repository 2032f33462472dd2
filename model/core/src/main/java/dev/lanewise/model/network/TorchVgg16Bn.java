package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.MAX;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** {@link TorchVgg16} with batch normalisation behind each convolution: torchvision's vgg16_bn. */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    like = TorchVgg16.class,
    names =
        @Names(
            conv = "features.{position}",
            batchNorm = "features.{position}",
            stemBatchNorm = "features.{position}"))
@Stem(
    conv = {
      @ConvBn(name = "features.0", kernel = 3, filters = 64, padding = SAME),
      @ConvBn(name = "features.3", kernel = 3, filters = 64, padding = SAME)
    },
    pool = @Pool(value = MAX, name = "features.6", size = 2))
@Stage(
    name = "2",
    block = VggNormalizedUnit.class,
    pool = @Pool(value = MAX, name = "features.13", size = 2))
@Stage(
    name = "3",
    block = VggNormalizedUnit.class,
    pool = @Pool(value = MAX, name = "features.23", size = 2))
@Stage(
    name = "4",
    block = VggNormalizedUnit.class,
    pool = @Pool(value = MAX, name = "features.33", size = 2))
@Stage(
    name = "5",
    block = VggNormalizedUnit.class,
    pool = @Pool(value = MAX, name = "features.43", size = 2))
public interface TorchVgg16Bn {}
