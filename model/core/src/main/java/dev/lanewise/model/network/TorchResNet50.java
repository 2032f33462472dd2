package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Network;

/**
 * ResNet50 as torchvision has it (v1.5): table 1 of He et al. (2015) with the padding of PyTorch,
 * and the names of its modules. The dense kernel starts within 1 / sqrt(2048).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet34.class)
@EachStage(
    blocks = TorchBottleneck.class,
    filters = {64, 256, 128, 512, 256, 1024, 512, 2048})
@Head(initializer = @Initializer(value = RANDOM_UNIFORM, min = -0.0221, max = 0.0221))
public interface TorchResNet50 {}
