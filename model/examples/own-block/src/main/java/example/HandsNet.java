package example;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/** A small MobileNetV2: javac makes the class HandsNetNetwork of it. */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5),
    names =
        @Names(conv = "{stage}_{unit}", batchNorm = "{stage}_{unit}_bn", stemBatchNorm = "{unit}_bn"))
@Stem(
    conv =
        @ConvBn(
            name = "first",
            kernel = 3,
            filters = 16,
            stride = 2,
            padding = SAME,
            activation = Activation.RELU6))
@Stage(name = "block{ordinal}", block = Widening.class, filters = 16)
@Stage(name = "block{ordinal}", block = Widening.class, filters = 24, repeat = 2, stride = 2)
@Stage(name = "block{ordinal}", block = Widening.class, filters = 40, repeat = 2, stride = 2)
@Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 128, activation = Activation.RELU6))
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "average"),
    dropout = 0.1,
    dense = "fingers")
public interface HandsNet {}
