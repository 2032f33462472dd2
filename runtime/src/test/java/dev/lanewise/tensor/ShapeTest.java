package dev.lanewise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shape and Tensor. */
class ShapeTest {
  @Test
  void countsPixelsAndValues() {
    var shape = new Shape(2, 3, 4, 5);
    assertThat(shape.pixels()).isEqualTo(24);
    assertThat(shape.size()).isEqualTo(120);
    assertThat(shape.withC(7)).isEqualTo(new Shape(2, 3, 4, 7));
    assertThat(shape).hasToString("[2,3,4,5]");
    assertThat(new Shape(Integer.MAX_VALUE, 1, 1, 1).size()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"0,1,1,1", "1,-1,1,1", "1,1,0,1", "1,1,1,-5"})
  void refusesEmptyExtents(int n, int h, int w, int c) {
    assertThatThrownBy(() -> new Shape(n, h, w, c))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "every extent of a shape must be positive, got ["
                + (n + "," + h + "," + w + "," + c)
                + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "65536,32768,1,1",
    "46341,46341,1,1",
    "1024,1024,1024,2",
    // Products that are 0 modulo 2^64.
    "4194304,2097152,2097152,1",
    "1073741824,1073741824,16,1",
    "1,2,1073741824,1073741824"
  })
  void refusesMoreValuesThanAnArrayHolds(int n, int h, int w, int c) {
    assertThatThrownBy(() -> new Shape(n, h, w, c))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a tensor holds at most 2^31 - 1 values, got shape [" + n + ",");
  }

  @Test
  void tensorsAreViewsOfTheirArray() {
    float[] data = new float[30];
    var tensor = new Tensor(data, 5, new Shape(1, 2, 3, 4));
    tensor.set(0, 1, 2, 3, 7);
    assertThat(tensor.index(0, 1, 2, 3)).isEqualTo(5 + 23);
    assertThat(data[28]).isEqualTo(7);
    assertThat(tensor.get(0, 1, 2, 3)).isEqualTo(7);
    assertThat(tensor.toArray()).hasSize(24).endsWith(7);
    assertThatThrownBy(() -> Tensor.of(new Shape(1, 1, 1, 2), 1))
        .hasMessage("shape [1,1,1,2] requires 2 values, got 1");
    assertThat(Tensor.zeros(new Shape(1, 2, 1, 2)).toArray()).containsExactly(0, 0, 0, 0);
  }
}
