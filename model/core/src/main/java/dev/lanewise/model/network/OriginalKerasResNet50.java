package dev.lanewise.model.network;

import static dev.lanewise.spec.Pool.Kind.AVERAGE;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;

/**
 * ResNet50 as the first releases of Keras had it in {@code keras.applications} (to 2.1): {@link
 * ResNet50} with an average pooling of 7x7 at the end, for images of at least 197x197.
 */
@DefaultPreprocessing(StandardPreprocessing.CAFFE)
@Network(like = ResNet50.class)
@Head(pool = @Pool(value = AVERAGE, name = "avg_pool", size = 7))
public interface OriginalKerasResNet50 {}
