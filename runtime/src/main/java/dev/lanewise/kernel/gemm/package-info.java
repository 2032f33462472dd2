/**
 * Products of matrices on register tiles: convolutions and their gradients by the direct method.
 */
package dev.lanewise.kernel.gemm;
