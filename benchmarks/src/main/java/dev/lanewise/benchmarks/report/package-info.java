/** Tables of what was measured. */
package dev.lanewise.benchmarks.report;
