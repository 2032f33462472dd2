package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/** ResNet152 v2 as {@code keras.applications} has it, for images of at least 32x32. */
@DefaultPreprocessing(StandardPreprocessing.SIGNED)
@Network(like = KerasResNet50V2.class)
@Stage(name = "conv3", repeat = 8)
@Stage(name = "conv4", repeat = 36)
public interface KerasResNet152V2 {}
