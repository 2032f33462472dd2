package dev.lanewise.benchmarks.peers;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets contenders do the same work in turn. All are started first; in a round each has one turn, in
 * an order that changes from round to round, and the others wait. A turn in which other programs
 * took too much of the machine is repeated, since they slow libraries that spin far more than
 * libraries that don't.
 */
final class Measurement implements AutoCloseable {
  /** Kernels are done in milliseconds: they get a part of the time of networks. */
  private static final double KERNEL_SHARE = 0.1;

  private static final double MIB = 1 << 20;

  /**
   * How to measure.
   *
   * @param rounds turns of each contender with each work
   * @param threads threads that each works with
   * @param warmup seconds that a network is repeated before its first turn
   * @param turn seconds of a network's turn
   * @param foreign share of the processors that others may take in a turn
   * @param patience seconds in which a network's turn waits for a quiet machine and is repeated
   *     where it was disturbed, before the least disturbed is taken
   * @param waiting seconds that all turns together may spend so
   */
  record Settings(
      int rounds,
      int threads,
      double warmup,
      double turn,
      double foreign,
      double patience,
      double waiting) {}

  private final Settings settings;
  private final Path peers;
  private final List<Entry> entries;
  private final PrintWriter out;
  private final List<Child> children = new ArrayList<>();

  /** Nanoseconds that turns may still wait for a quiet machine. */
  private long waiting;

  Measurement(Settings settings, Path peers, List<Entry> entries, PrintWriter out) {
    this.settings = settings;
    this.peers = peers;
    this.entries = entries;
    this.out = out;
    this.waiting = (long) (settings.waiting() * 1e9);
  }

  /** Measures the works; what there is so far is handed over after each. */
  Results run(List<Work> works, Consumer<Results> soFar) {
    Map<String, Long> memory = works.contains(WorkGroups.TRAINING_64) ? measureMemory() : Map.of();
    Map<String, String> abouts = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Child child = new Child(entry, peers, settings.threads());
      children.add(child);
      abouts.put(entry.id(), child.about());
      out.println(entry.label() + ": " + child.about());
    }
    List<Results.WorkTurns> measured = new ArrayList<>();
    Results results =
        new Results(
            Machine.text(), settings.threads(), settings.foreign(), abouts, memory, measured);
    for (Work work : works) {
      measured.add(new Results.WorkTurns(work.id(), rounds(work)));
      soFar.accept(results);
    }
    return results;
  }

  /** The training alone, in processes that do nothing else. */
  private Map<String, Long> measureMemory() {
    Map<String, Long> memory = new LinkedHashMap<>();
    for (Entry entry : entries) {
      try (Child child = new Child(entry, peers, settings.threads())) {
        if (!child.does(WorkGroups.TRAINING_64)) {
          continue;
        }
        child.prepare(WorkGroups.TRAINING_64);
        child.warm(settings.warmup());
        long bytes = child.peakMemory();
        if (bytes > 0) {
          memory.put(entry.id(), bytes);
          out.printf(
              Locale.ROOT, "%s: peak memory of a training %.0f MiB%n", entry.label(), bytes / MIB);
        }
      } catch (PeersException e) {
        out.println(e.getMessage());
      }
    }
    return memory;
  }

  private List<Turn> rounds(Work work) {
    out.println(work.text());
    double share = work.kind().isNetwork() ? 1 : KERNEL_SHARE;
    Map<Child, Integer> repetitions = new LinkedHashMap<>();
    for (Child child : children) {
      try {
        if (child.does(work)) {
          child.prepare(work);
          double warmup = share * settings.warmup();
          double each = child.warm(warmup) / warmup;
          int count = (int) Math.round(each * share * settings.turn());
          // A slow library's only repetition may last longer than a turn should.
          repetitions.put(child, Math.max(1, count));
        }
      } catch (PeersException e) {
        out.println("  " + e.getMessage());
      }
    }
    List<Turn> turns = new ArrayList<>();
    List<Child> order = new ArrayList<>(repetitions.keySet());
    for (int round = 0; round < settings.rounds(); round++) {
      for (int i = 0; i < order.size(); i++) {
        Child child = order.get((round + i) % order.size());
        turns.add(turn(round, child, repetitions.get(child), share));
      }
    }
    repetitions.keySet().forEach(Child::drop);
    return turns;
  }

  private Turn turn(int round, Child child, int repetitions, double share) {
    long start = System.nanoTime();
    long end = start + Math.min(waiting, (long) (share * settings.patience() * 1e9));
    Turn best = null;
    long last;
    do {
      Foreign.awaitQuiet(settings.foreign(), end);
      long quiet = System.nanoTime();
      Foreign foreign = new Foreign(child);
      long[] nanos = child.run(repetitions);
      Turn turn = new Turn(round, child.entry().id(), foreign.share(), nanos);
      if (best == null || turn.foreign() < best.foreign()) {
        best = turn;
      }
      last = System.nanoTime() - quiet;
    } while (best.foreign() > settings.foreign() && System.nanoTime() < end);
    waiting = Math.max(0, waiting - (System.nanoTime() - start - last));
    out.printf(
        Locale.ROOT,
        "  round %d  %-24s %10.2f ms%s%n",
        round + 1,
        child.entry().label(),
        best.millis(),
        best.foreign() > settings.foreign()
            ? String.format(Locale.ROOT, "  (others took %.0f %%)", 100 * best.foreign())
            : "");
    out.flush();
    return best;
  }

  /** Ends the contenders. */
  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
