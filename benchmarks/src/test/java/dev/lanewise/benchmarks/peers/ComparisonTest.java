package dev.lanewise.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.benchmarks.report.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void spreadHasMedianAndEnds() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.median(new long[] {9, 1, 5})).isEqualTo(5);
    assertThat(Spread.geometricMean(List.of(0.5, 2.0))).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void ratesTurnTheEndsOfTimesAround() {
    assertThat(new Spread(2, 1, 4).dividing(8)).isEqualTo(new Spread(4, 2, 8));
  }

  @Test
  void ratiosAreTakenWithinRounds() {
    // The machine is twice as slow in the second round: the ratios don't move.
    Comparison comparison =
        Samples.comparison(
            "training-32x64",
            Samples.turn(0, "lanewise", 100),
            Samples.turn(0, "djl", 250),
            Samples.turn(1, "djl", 500),
            Samples.turn(1, "lanewise", 200));
    assertThat(comparison.ratio(Entry.DJL)).contains(new Spread(2.5, 2.5, 2.5));
    assertThat(comparison.millis(Entry.DJL)).isEqualTo(new Spread(375, 250, 500));
    assertThat(comparison.rate(Entry.LANEWISE).max()).isCloseTo(320, within(1e-9));
    assertThat(comparison.has(Entry.BYTEDECO)).isFalse();
    assertThat(comparison.ratio(Entry.BYTEDECO)).isEmpty();
  }

  @Test
  void theBetterPeerOfEachRoundCounts() {
    Comparison comparison =
        Samples.comparison(
            "forward-32x15-3-64-64",
            Samples.turn(0, "lanewise", 10),
            Samples.turn(0, "bytedeco", 20),
            Samples.turn(0, "bytedeco-channels-last", 15),
            Samples.turn(1, "lanewise", 10),
            Samples.turn(1, "bytedeco", 12),
            Samples.turn(1, "bytedeco-channels-last", 30));
    Spread ratio =
        comparison
            .ratioToFastest(List.of(Entry.BYTEDECO, Entry.BYTEDECO_CHANNELS_LAST))
            .orElseThrow();
    assertThat(ratio.min()).isCloseTo(1.2, within(1e-12));
    assertThat(ratio.max()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void leavesOutWhatIsSlowerThanWithALargerBatch() {
    Comparison one =
        Samples.comparison(
            "inference-1x64",
            Samples.turn(0, "lanewise", 4),
            Samples.turn(0, "djl", 15),
            Samples.turn(0, "bytedeco", 500));
    Comparison many =
        Samples.comparison(
            "inference-32x64", Samples.turn(0, "lanewise", 40), Samples.turn(0, "bytedeco", 90));
    Comparison larger = Samples.comparison("inference-32x224", Samples.turn(0, "lanewise", 3));
    List<Comparison> all = List.of(one, many, larger);
    all.forEach(comparison -> comparison.leaveOutFaulty(all));
    assertThat(one.entries()).containsExactly(Entry.LANEWISE, Entry.DJL);
    assertThat(one.faulty()).containsExactly(Entry.BYTEDECO);
    assertThat(many.faulty()).isEmpty();
  }
}
