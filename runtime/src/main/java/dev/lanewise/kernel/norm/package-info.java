/**
 * Batch normalisation: its state, the operands and epilogues by which other kernels carry it, and
 * passes over maps that no other kernel makes.
 */
package dev.lanewise.kernel.norm;
