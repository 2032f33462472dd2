package bad;

import dev.lanewise.spec.*;

@Block(shortcut = Shortcut.NONE, preActivation = "a b") // error: preActivation of a block: requires a name of letters, digits, '_', '-' and '.', got 'a b' // error: preActivation of block Plain: requires a shortcut with it, got Shortcut.NONE
@ConvBn(name = "only", kernel = 1, filters = 3, batchNorm = false)
interface Plain {}
