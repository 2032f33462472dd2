package bad;

import dev.lanewise.spec.*;

@Network // error: network Net: requires at least one @Stage, got none
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}
