package dev.lanewise.kernel.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrayKernelTest {
  @Test
  void addsAtAnyPlaces() {
    Random random = new Random(1);
    for (int count = 0; count < 70; count++) {
      float[] values = new float[count + 9];
      float[] sum = new float[count + 9];
      for (int i = 0; i < sum.length; i++) {
        values[i] = random.nextFloat();
        sum[i] = random.nextFloat();
      }
      float[] expected = sum.clone();
      for (int i = 0; i < count; i++) {
        expected[5 + i] += values[2 + i];
      }
      ArrayKernel.add(values, 2, sum, 5, count);
      assertArrayEquals(expected, sum);
    }
  }
}
