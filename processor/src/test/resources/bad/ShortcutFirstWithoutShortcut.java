package bad;

import dev.lanewise.spec.*;

@Block(shortcut = Shortcut.NONE, shortcutFirst = true) // error: shortcutFirst of block Plain: requires an addition with it, got Shortcut.NONE
@ConvBn(name = "only", kernel = 1, filters = 3)
interface Plain {}
