package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class, filters = 8)
@Tail(
    batchNorm = "post_bn",
    activation = "post_relu", // error: activation of the tail: requires none, as function = NONE leaves no layer to name, got 'post_relu'
    function = Activation.NONE)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg_pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "only", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
