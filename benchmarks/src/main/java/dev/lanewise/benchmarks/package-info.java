/** JMH benchmarks: the machine's limits, the kernels, and whole steps, in one unit each. */
package dev.lanewise.benchmarks;
