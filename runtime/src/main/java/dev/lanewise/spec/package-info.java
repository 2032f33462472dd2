/**
 * The language in which a network is declared: annotations on plain interfaces, read by the
 * annotation processor, which checks every shape and generates the network's fused code.
 *
 * <p>Channels, kernels, strides and paddings are compile-time constants; batch size, height, width
 * and class count are given at run time.
 */
package dev.lanewise.spec;
