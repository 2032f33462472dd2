/**
 * Lanewise beside its peers, on the same work in the same minutes: each contender is a JVM of its
 * own, of which only one works at a time. What needs no peer on the class path stands here.
 */
package dev.lanewise.benchmarks.peers;
