package dev.lanewise.benchmarks.peers;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Results as a comparison would have measured them. */
final class Samples {
  private Samples() {}

  static Turn turn(int round, String contender, double millis) {
    return new Turn(round, contender, 0.01, new long[] {(long) (millis * 1e6)});
  }

  static Comparison comparison(String id, Turn... turns) {
    return new Comparison(Work.parse(id), Stream.of(turns));
  }

  private static Results.WorkTurns work(String id, Turn... turns) {
    return new Results.WorkTurns(id, List.of(turns));
  }

  static Results results() {
    return new Results(
        "a machine",
        2,
        0.08,
        Map.of("lanewise", "Lanewise <9>"),
        Map.of("lanewise", 1000L << 20),
        List.of(
            work(
                "training-32x64",
                turn(0, "lanewise", 160),
                turn(0, "bytedeco", 320),
                turn(1, "lanewise", 200),
                turn(1, "bytedeco", 440),
                new Turn(2, "bytedeco", 0.5, new long[] {9_000_000_000L})),
            work("inference-1x64", turn(0, "lanewise", 4), turn(0, "djl", 8)),
            work("forward-32x15-1-64-256", turn(0, "lanewise", 1), turn(0, "djl", 0.9)),
            work("forward-32x8-1-128-512", turn(0, "lanewise", 1), turn(0, "djl", 1.1))));
  }
}
