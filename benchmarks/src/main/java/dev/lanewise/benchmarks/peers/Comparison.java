package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of one work: times of each contender, and their ratios within each round. */
final class Comparison {
  private final Work work;
  private final Map<String, Map<Integer, Double>> millis = new LinkedHashMap<>();
  private final List<Entry> faulty = new ArrayList<>();

  /** Gathers the turns of a work. */
  Comparison(Work work, Stream<Turn> turns) {
    this.work = work;
    List<Turn> all = turns.toList();
    for (Entry entry : Entry.values()) {
      for (Turn turn : all) {
        if (turn.contender().equals(entry.id())) {
          millis
              .computeIfAbsent(entry.id(), id -> new LinkedHashMap<>())
              .put(turn.round(), turn.millis());
        }
      }
    }
  }

  /**
   * Leaves out the contenders that took longer than they do with a larger batch of such images.
   * That is a fault of their build, and no measure of the library.
   *
   * @param all the works of the same measurement
   */
  void leaveOutFaulty(List<Comparison> all) {
    for (Entry entry : entries()) {
      double own = millis(entry).median();
      if (all.stream()
          .anyMatch(c -> c.isLargerBatch(work) && c.has(entry) && c.millis(entry).median() < own)) {
        faulty.add(entry);
      }
    }
    faulty.forEach(entry -> millis.remove(entry.id()));
  }

  private boolean isLargerBatch(Work other) {
    return work.kind().isNetwork()
        && work.kind() == other.kind()
        && work.size() == other.size()
        && work.images() > other.images();
  }

  Work work() {
    return work;
  }

  /** Returns the contenders that are left out as faulty. */
  List<Entry> faulty() {
    return Collections.unmodifiableList(faulty);
  }

  /** Returns the contenders that did the work, in the order of {@link Entry}. */
  List<Entry> entries() {
    return millis.keySet().stream().map(Entry::of).toList();
  }

  boolean has(Entry entry) {
    return millis.containsKey(entry.id());
  }

  /** Returns milliseconds over the rounds. */
  Spread millis(Entry entry) {
    return Spread.of(millis.get(entry.id()).values());
  }

  /** Returns images per second, or GFLOP/s of a kernel. */
  Spread rate(Entry entry) {
    Spread millis = millis(entry);
    return work.kind().isNetwork()
        ? millis.dividing(1e3 * work.images())
        : millis.dividing(work.flops() / 1e6);
  }

  /**
   * Returns how many times as long as Lanewise the entry took, round by round; empty where no round
   * has both.
   */
  Optional<Spread> ratio(Entry entry) {
    return ratioToFastest(List.of(entry));
  }

  /** Returns how many times as long as Lanewise the fastest of the entries took in each round. */
  Optional<Spread> ratioToFastest(List<Entry> peers) {
    Map<Integer, Double> own = millis.getOrDefault(Entry.LANEWISE.id(), Map.of());
    List<Double> ratios = new ArrayList<>();
    own.forEach(
        (round, time) ->
            peers.stream()
                .map(peer -> millis.getOrDefault(peer.id(), Map.of()).get(round))
                .filter(peerTime -> peerTime != null)
                .min(Double::compare)
                .ifPresent(peerTime -> ratios.add(peerTime / time)));
    return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
  }
}
