/** How far the work of each layer can be shared out among threads. */
package dev.lanewise.benchmarks.scaling;
