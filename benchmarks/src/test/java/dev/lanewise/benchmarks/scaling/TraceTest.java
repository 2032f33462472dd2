package dev.lanewise.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
  @Test
  void threadsClaimTheNextPartWhenTheyAreFree() {
    Region region = new Region(0, new long[] {3, 1, 1, 4});
    assertThat(region.total()).isEqualTo(9);
    assertThat(region.onThreads(1)).isEqualTo(9);
    // The second thread takes the parts of 1 and then that of 4.
    assertThat(region.onThreads(2)).isEqualTo(6);
    assertThat(region.onThreads(64)).isEqualTo(4);
  }

  @Test
  void whatTheCallerDoesAloneIsNotShared() {
    Region shared = new Region(10, new long[] {20, 20});
    Region alone = new Region(0, new long[] {10});
    Trace trace = new Trace(List.of(shared, alone));
    assertThat(trace.parts()).isEqualTo("2+1");
    assertThat(trace.onThreads(1, 5)).isEqualTo(60);
    assertThat(trace.onThreads(2, 5)).isEqualTo(45);
  }

  @Test
  void tracesEachRegionOfSomeWork() {
    try (TracingPool pool = new TracingPool(1)) {
      int[] calls = {0};
      Trace trace =
          Trace.of(
              pool,
              1,
              3,
              () -> {
                pool.run(4, (index, slot) -> calls[0]++);
                pool.run(2, (index, slot) -> calls[0]++);
              });
      assertThat(calls[0]).isEqualTo(4 * 6);
      assertThat(trace.parts()).isEqualTo("4+2");
    }
  }
}
