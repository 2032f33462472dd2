package example;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** A small ResNet: javac makes the class SmallNetwork of it. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 16, padding = SAME))
@Stage(
    name = "2",
    block = SmallBlock.class,
    filters = {16, 16})
@Stage(
    name = "3",
    block = SmallBlock.class,
    filters = {32, 32},
    repeat = 2,
    stride = 2)
@Head(pool = @Pool(GLOBAL_AVERAGE))
public interface Small {}
