package bad;

import dev.lanewise.spec.*;

@Block(
    shortcut = Shortcut.IDENTITY,
    preActivationFunction = Activation.SILU) // error: preActivationFunction of block Plain: requires preActivation with it, got none
@ConvBn(name = "only", kernel = 3, filters = 3, padding = Padding.SAME)
interface Plain {}
