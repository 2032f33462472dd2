package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2) // error: block of stage '2': requires a type with @Block, got Bottleneck without it
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2) // error: block of stage '3': requires a type with @Block, got Bottleneck without it
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK) // error: @ConvBn on Bottleneck: requires @Block beside it, got none
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME) // error: @ConvBn on Bottleneck: requires @Block beside it, got none
@ConvBn(name = "2c", kernel = 1, filtersAt = 1) // error: @ConvBn on Bottleneck: requires @Block beside it, got none
interface Bottleneck {}
