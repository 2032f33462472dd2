/** A residual block in three forms: generated, interpreted, and without fusion. */
package dev.lanewise.benchmarks.block;
