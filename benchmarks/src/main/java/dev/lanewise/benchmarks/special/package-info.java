/** Generic matrix products beside ones whose shapes are compile-time constants. */
package dev.lanewise.benchmarks.special;
