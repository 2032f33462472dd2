package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * SE-ResNet50 as timm has it ({@code seresnet50}): table 1 of Hu, Shen and Sun,
 * "Squeeze-and-Excitation Networks" (CVPR 2018), with torchvision's strides and padding, and the
 * names of timm's modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    like = TorchResNet50.class,
    names =
        @Names(
            conv = "{stage}.{index}.{unit}",
            batchNorm = "{stage}.{index}.{unit}",
            projectionConv = "{stage}.{index}.downsample.0",
            projectionBatchNorm = "{stage}.{index}.downsample.1",
            stemBatchNorm = "bn1"))
@Stage(name = "layer1", block = TimmGatedBottleneck.class)
@Stage(name = "layer2", block = TimmGatedBottleneck.class)
@Stage(name = "layer3", block = TimmGatedBottleneck.class)
@Stage(name = "layer4", block = TimmGatedBottleneck.class)
public interface TimmSeResNet50 {}
