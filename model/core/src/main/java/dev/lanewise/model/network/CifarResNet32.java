package dev.lanewise.model.network;

import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNet32 v1 for images of 32x32, as Keras's example {@code cifar10_resnet.py} builds it with n =
 * 5, after He et al. (2015), section 4.2. Layers are named by Keras's numbers.
 */
@Network(like = CifarResNet20.class)
@EachStage(repeats = {5, 5, 5})
public interface CifarResNet32 {}
