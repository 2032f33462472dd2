package odd;

import dev.lanewise.spec.*;

@Network
@Stem(
    conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, stride = 4), // warning: stride of unit 'conv1': pixels between the windows are never read, as 4 is more than the window's 3
    pool = @Pool(value = Pool.Kind.MAX, name = "pool1", size = {1, 2}, stride = {2, 3})) // warning: stride of the pool: pixels between the windows are never read, as 3 is more than the window's 2
@Stage(name = "2", block = Plain.class, filters = 8, stride = 2)
@Head
public interface StrideLargerThanWindow {}

/** A 1x1 window with a stride is usual, and no warning. */
@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "p", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK))
@ConvBn(name = "a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
interface Plain {}
