/** 3x3 convolutions of stride 1, and their gradients, by Winograd's method. */
package dev.lanewise.kernel.winograd;
