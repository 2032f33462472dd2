package bad;

import dev.lanewise.spec.*;

@Network(names = @Names(batchNorm = "bn_{serial}"))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME, batchNorm = false))
@Stage(name = "2", block = Before.class, repeat = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "bn_3")) // error: names of layers: requires names that differ, got 'bn_3' for batch normalisation of unit 'pre' of block 2b and for the pool of the head
interface Net {}

@Block(shortcut = Shortcut.IDENTITY, preActivation = "pre")
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
@ConvBn(name = "b", kernel = 3, filters = 8, padding = Padding.SAME, batchNorm = false)
interface Before {}
