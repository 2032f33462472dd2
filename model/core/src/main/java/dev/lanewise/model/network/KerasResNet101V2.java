package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/** ResNet101 v2 as {@code keras.applications} has it, for images of at least 32x32. */
@DefaultPreprocessing(StandardPreprocessing.SIGNED)
@Network(like = KerasResNet50V2.class)
@EachStage(repeats = {3, 4, 23, 3})
public interface KerasResNet101V2 {}
