package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.Spread;

/**
 * What a contender did when it was its turn.
 *
 * @param round the round, from 0
 * @param contender the entry's id
 * @param foreign share of the processors that other programs took meanwhile, 0 to 1
 * @param nanos time of each repetition
 */
record Turn(int round, String contender, double foreign, long[] nanos) {
  /** Returns the median repetition in milliseconds. */
  double millis() {
    return Spread.median(nanos) / 1e6;
  }
}
