package dev.lanewise.model.golden;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** The three blocks that the tutorials test, drawn as TensorFlow 1 draws them. */
@Network(
    channels = 6,
    initializer = @Initializer(value = Initializer.Kind.GLOROT_UNIFORM, seed = 0))
@Stem(conv = @ConvBn(name = "conv1", kernel = 1, filters = 6))
@Stage(
    name = "2",
    block = EvenIdentity.class,
    filters = {2, 4, 6})
@Stage(
    name = "3",
    block = EvenConvolutional.class,
    filters = {2, 4, 6})
@Stage(
    name = "4",
    block = EvenConvolutional.class,
    filters = {2, 4, 6},
    stride = 2)
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE))
interface TutorialBlocks {}
