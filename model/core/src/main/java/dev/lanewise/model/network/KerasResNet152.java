package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNet152 v1 as {@code keras.applications} has it since Keras 2.2.5, for images of at least
 * 32x32: table 1 of He et al. (2015), with Keras's padding and names.
 */
@DefaultPreprocessing(StandardPreprocessing.CAFFE)
@Network(like = KerasResNet50.class)
@EachStage(repeats = {3, 8, 36, 3})
public interface KerasResNet152 {}
