package dev.lanewise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arena and ArenaPlan. */
class ArenaPlanTest {
  private static Shape floats(int size) {
    return new Shape(1, 1, 1, size);
  }

  @Test
  void arenasHoldWhatIsAskedOfThemAndAreLargeEnoughToStayInPlace() {
    assertThat(Arena.aligned(1)).isEqualTo(16);
    assertThat(Arena.aligned(16)).isEqualTo(16);
    assertThat(Arena.aligned(17)).isEqualTo(32);
    assertThatThrownBy(() -> Arena.aligned(Integer.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Arena.FIRST % 16).isEqualTo(12);
    assertThat(Arena.allocate(1)).hasSize(1 << 20);
    assertThat(Arena.allocate(1 << 20)).hasSize((1 << 20) + Arena.FIRST);
  }

  @Test
  void tensorsStandOneAfterTheOther() {
    var plan = ArenaPlan.measuring();
    assertThat(plan.size()).isEqualTo(12);
    assertThat(plan.acquire(floats(5)).offset()).isEqualTo(12);
    assertThat(plan.acquire(floats(16)).offset()).isEqualTo(28);
    assertThat(plan.acquire(floats(17)).offset()).isEqualTo(44);
    assertThat(plan.size()).isEqualTo(76);
  }

  @Test
  void takesTheLowestGapThatIsLargeEnough() {
    var plan = ArenaPlan.measuring();
    Tensor small = plan.acquire(floats(16));
    plan.acquire(floats(16));
    Tensor large = plan.acquire(floats(64));
    plan.acquire(floats(16));
    plan.release(small);
    plan.release(large);
    assertThat(plan.acquire(floats(32)).offset()).isEqualTo(large.offset());
    assertThat(plan.acquire(floats(32)).offset()).isEqualTo(large.offset() + 32);
    assertThat(plan.acquire(floats(1)).offset()).isEqualTo(small.offset());
    assertThat(plan.size()).isEqualTo(12 + 112);
  }

  @Test
  void gapsThatMeetBecomeOne() {
    var plan = ArenaPlan.measuring();
    Tensor a = plan.acquire(floats(16));
    Tensor b = plan.acquire(floats(16));
    Tensor c = plan.acquire(floats(16));
    plan.acquire(floats(16));
    plan.release(a);
    plan.release(c);
    plan.release(b);
    assertThat(plan.acquire(floats(48)).offset()).isEqualTo(12);
  }

  @Test
  void theLastGapGivesWayToALargerTensor() {
    var plan = ArenaPlan.measuring();
    Tensor a = plan.acquire(floats(16));
    Tensor b = plan.acquire(floats(16));
    plan.release(a);
    plan.release(b);
    assertThat(plan.acquire(floats(160)).offset()).isEqualTo(12);
    assertThat(plan.size()).isEqualTo(172);
  }

  @Test
  void remembersItsLargestExtent() {
    var plan = ArenaPlan.measuring();
    plan.release(plan.acquire(floats(160)));
    plan.acquire(floats(16));
    assertThat(plan.size()).isEqualTo(172);
  }

  @Test
  void refusesToReleaseTwice() {
    var plan = ArenaPlan.measuring();
    Tensor tensor = plan.acquire(floats(16));
    plan.release(tensor);
    assertThatThrownBy(() -> plan.release(tensor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("released, but not held: [1,1,1,16]");
  }

  @Test
  void refusesMoreThanAnArrayHolds() {
    var plan = ArenaPlan.measuring();
    plan.acquire(floats(1 << 30));
    assertThatThrownBy(() -> plan.acquire(floats(1 << 30))).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void randomWalksNeverOverlapAndRepeat() {
    int size = walk(ArenaPlan.measuring(), null);
    float[] data = Arena.allocate(size - Arena.FIRST);
    var owner = new int[data.length];
    assertThat(walk(ArenaPlan.over(data), owner)).isEqualTo(size);
    assertThat(owner).containsOnly(0);
  }

  /** Acquires and releases at random; checks by an array of owners that no two tensors overlap. */
  private static int walk(ArenaPlan plan, int[] owner) {
    var random = new Random(17);
    List<Tensor> held = new ArrayList<>();
    for (int step = 1; step <= 3000; step++) {
      if (held.size() < 20 && random.nextBoolean()) {
        Tensor tensor = plan.acquire(floats(1 + random.nextInt(500)));
        assertThat(tensor.offset() % 16).isEqualTo(Arena.FIRST);
        held.add(tensor);
        claim(owner, tensor, 0, 1);
      } else if (!held.isEmpty()) {
        Tensor tensor = held.remove(random.nextInt(held.size()));
        claim(owner, tensor, 1, 0);
        plan.release(tensor);
      }
    }
    for (Tensor tensor : held) {
      claim(owner, tensor, 1, 0);
      plan.release(tensor);
    }
    return plan.size();
  }

  private static void claim(int[] owner, Tensor tensor, int before, int after) {
    if (owner == null) {
      return;
    }
    for (int i = 0; i < tensor.shape().size(); i++) {
      assertThat(owner[tensor.offset() + i]).isEqualTo(before);
      owner[tensor.offset() + i] = after;
    }
  }
}
