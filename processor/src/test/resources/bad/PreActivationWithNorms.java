package bad;

import dev.lanewise.spec.*;

@Block(
    preActivation = "pre",
    shortcut = Shortcut.PROJECTION,
    activation = Activation.RELU, // error: activation of block Both: requires NONE, as the block above activates what it reads, got RELU
    projection = @ConvBn(name = "0", kernel = 1, filters = 4)) // error: batchNorm of unit '0': requires false, as blocks with preActivation normalise what they read, got true
@ConvBn(name = "pre", kernel = 1, filters = 4) // error: name of a unit: requires names that differ, got 'pre' again // error: batchNorm of unit 'pre': requires false, as blocks with preActivation normalise what they read, got true
interface Both {}
