package odd;

import dev.lanewise.spec.*;

/** Who takes something odd from another network is not warned of it again. */
@Network(like = Odd.class)
@Stage(name = "2", repeat = 2)
public interface OddModel {}

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, stride = 4)) // warning: stride of unit 'conv1': pixels between the windows are never read, as 4 is more than the window's 3
@Stage(name = "2", block = Plain.class, filters = 8)
@Head
interface Odd {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
