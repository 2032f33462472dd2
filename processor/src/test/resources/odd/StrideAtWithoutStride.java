package odd;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class, filters = 8, strideAt = Stage.StrideAt.LAST) // warning: strideAt of stage '2': has no effect, as the stride is 1
@Head
public interface StrideAtWithoutStride {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, stride = Stride.OF_BLOCK, padding = Padding.SAME)
interface Plain {}
