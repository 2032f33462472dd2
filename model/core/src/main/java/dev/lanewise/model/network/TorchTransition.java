package dev.lanewise.model.network;

import static dev.lanewise.spec.Shortcut.NONE;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** What stands between dense blocks, and a pooling follows: Huang et al. (2017), section 3. */
@Block(shortcut = NONE, preActivation = "norm", preActivationName = "relu")
@ConvBn(name = "conv", kernel = 1, filtersAt = 0, bias = false, batchNorm = false)
public interface TorchTransition {}
