/**
 * The kernels: the only code that uses {@code jdk.incubator.vector}, in a package for each family.
 * This one holds what the families share and what their callers see. Lanes run along channels,
 * which may be any number; every kernel works at 128, 256 and 512 bits.
 */
package dev.lanewise.kernel;
