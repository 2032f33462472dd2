package dev.lanewise.model.network;

import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNet56 v1 for images of 32x32, as Keras's example {@code cifar10_resnet.py} builds it with n =
 * 9, after He et al. (2015), section 4.2. Layers are named by Keras's numbers.
 */
@Network(like = CifarResNet20.class)
@EachStage(repeats = {9, 9, 9})
public interface CifarResNet56 {}
