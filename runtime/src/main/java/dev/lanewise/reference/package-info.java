/**
 * Every operation of the network in plain loops over doubles, forward above backward: what the
 * kernels are tested against. Nothing here is fast, fused or parallel.
 */
package dev.lanewise.reference;
