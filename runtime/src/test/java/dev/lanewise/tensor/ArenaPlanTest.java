package dev.lanewise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    assertThat(plan.extents()).isEmpty();
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
  void goesOnInAnotherArrayWhereOneIsFull() {
    var plan = ArenaPlan.measuring();
    Tensor first = plan.acquire(floats(1 << 30));
    Tensor second = plan.acquire(floats(1 << 30));
    assertThat(second.data()).isNotSameAs(first.data());
    assertThat(second.offset()).isEqualTo(Arena.FIRST);
    Tensor third = plan.acquire(floats(1 << 29));
    assertThat(third.data()).isSameAs(first.data());
    assertThat(plan.extents()).containsExactly(Arena.FIRST + (3 << 29), Arena.FIRST + (1 << 30));
    assertThat(plan.size()).isEqualTo(2L * Arena.FIRST + (5L << 29));
    plan.release(first);
    plan.release(second);
    assertThat(plan.acquire(floats(16)).data()).isSameAs(first.data());
    assertThat(plan.acquire(floats(2_000_000_000)).data()).isSameAs(second.data());
  }

  @Test
  void theLargestArrayIsFullOfWholeLines() {
    var plan = ArenaPlan.measuring();
    plan.acquire(floats(Arena.LARGEST - Arena.FIRST));
    assertThat(plan.extents()).containsExactly(Arena.LARGEST);
    assertThat((Arena.LARGEST - Arena.FIRST) % 16).isZero();
  }

  @Test
  void refusesATensorThatNoArrayHolds() {
    assertThatThrownBy(() -> ArenaPlan.measuring().acquire(floats(Integer.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a tensor of shape [1,1,1,2147483647] requires an array of 2147483660 floats, got a"
                + " limit of 2147483628");
    assertThatThrownBy(() -> ArenaPlan.measuring(Arena.FIRST + 32).acquire(floats(33)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a tensor of shape [1,1,1,33] requires an array of 60 floats, got a limit of 44");
  }

  @Test
  void refusesALimitThatNoArrayHas() {
    assertThatThrownBy(() -> ArenaPlan.measuring(11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the limit of an arena's arrays requires from 12 to 2147483628 floats, got 11");
    assertThatThrownBy(() -> ArenaPlan.over(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesArraysThatAreTooSmall() {
    assertThatThrownBy(() -> ArenaPlan.over(new float[40]).acquire(floats(29)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the plan requires an array of 41 floats or more, got 40");
    var plan = ArenaPlan.over(44, new float[44]);
    plan.acquire(floats(32));
    assertThatThrownBy(() -> plan.acquire(floats(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the plan requires more than the 1 arrays that it was given");
  }

  @Test
  void randomWalksNeverOverlapAndRepeat() {
    for (int limit : new int[] {Arena.LARGEST, 4000, 1000, 524}) {
      int[] extents = walk(ArenaPlan.measuring(limit), null);
      assertThat(extents.length).isBetween(1, 20);
      assertThat(Arrays.stream(extents)).allMatch(extent -> extent <= limit);
      float[][] arrays = new float[extents.length][];
      var owners = new IdentityHashMap<float[], int[]>();
      for (int i = 0; i < extents.length; i++) {
        arrays[i] = new float[extents[i]];
        owners.put(arrays[i], new int[extents[i]]);
      }
      assertThat(walk(ArenaPlan.over(limit, arrays), owners)).isEqualTo(extents);
      assertThat(owners.values()).allSatisfy(owner -> assertThat(owner).containsOnly(0));
    }
  }

  /** Acquires and releases at random; checks by arrays of owners that no two tensors overlap. */
  private static int[] walk(ArenaPlan plan, Map<float[], int[]> owners) {
    var random = new Random(17);
    List<Tensor> held = new ArrayList<>();
    for (int step = 1; step <= 3000; step++) {
      if (held.size() < 20 && random.nextBoolean()) {
        Tensor tensor = plan.acquire(floats(1 + random.nextInt(500)));
        assertThat(tensor.offset() % 16).isEqualTo(Arena.FIRST);
        held.add(tensor);
        claim(owners, tensor, 0, 1);
      } else if (!held.isEmpty()) {
        Tensor tensor = held.remove(random.nextInt(held.size()));
        claim(owners, tensor, 1, 0);
        plan.release(tensor);
      }
    }
    for (Tensor tensor : held) {
      claim(owners, tensor, 1, 0);
      plan.release(tensor);
    }
    return plan.extents();
  }

  private static void claim(Map<float[], int[]> owners, Tensor tensor, int before, int after) {
    if (owners == null) {
      return;
    }
    int[] owner = owners.get(tensor.data());
    for (int i = 0; i < tensor.shape().size(); i++) {
      assertThat(owner[tensor.offset() + i]).isEqualTo(before);
      owner[tensor.offset() + i] = after;
    }
  }
}
