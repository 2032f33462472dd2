package dev.lanewise.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  /** Output size and padding before the input, by hand from Keras's rule. */
  @ParameterizedTest
  @CsvSource({
    // in, k, s, out, before
    "4, 1, 1, 4, 0",
    "4, 2, 1, 4, 0", // 1 in all, at the end
    "4, 3, 1, 4, 1",
    "4, 4, 1, 4, 1", // 3 in all, 2 of them at the end
    "4, 3, 2, 2, 0", // 1 in all, at the end
    "5, 3, 2, 3, 1",
    "64, 7, 2, 32, 2", // 5 in all, 3 of them at the end
    "15, 2, 2, 8, 0",
    "5, 1, 2, 3, 0",
    "1, 7, 1, 1, 3",
    "7, 2, 5, 2, 0",
    "3, 2, 9, 1, 0"
  })
  void sameFollowsKeras(int in, int k, int s, int out, int before) {
    var rows = Window.same(k, 1, s, 1);
    assertThat(rows.outH(in)).isEqualTo(out);
    assertThat(rows.padTop(in)).isEqualTo(before);
    assertThat(rows.outW(in)).isEqualTo(in);
    assertThat(rows.padLeft(in)).isZero();
    var columns = Window.same(1, k, 1, s);
    assertThat(columns.outW(in)).isEqualTo(out);
    assertThat(columns.padLeft(in)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, 1, 4",
    "4, 2, 1, 3",
    "4, 4, 1, 1",
    "4, 3, 2, 1",
    "5, 3, 2, 2",
    "70, 7, 2, 32",
    "31, 3, 2, 15",
    "3, 4, 1, 0",
    "1, 9, 3, 0"
  })
  void validStaysInside(int in, int k, int s, int out) {
    assertThat(Window.valid(k, 1, s, 1).outH(in)).isEqualTo(out);
    assertThat(Window.valid(1, k, 1, s).outW(in)).isEqualTo(out);
    assertThat(Window.valid(k, k, s, s).padTop(in)).isZero();
    assertThat(Window.valid(k, k, s, s).padLeft(in)).isZero();
  }

  @Test
  void explicitPaddingIsAddedToTheInput() {
    var window = Window.padded(7, 3, 2, 1, 3, 2, 1, 0);
    assertThat(window.outH(64)).isEqualTo((64 + 5 - 7) / 2 + 1);
    assertThat(window.outW(64)).isEqualTo(63);
    assertThat(window.padTop(64)).isEqualTo(3);
    assertThat(window.padLeft(64)).isEqualTo(1);
    assertThat(window.outH(1)).isZero();
  }

  @Test
  void refusesExtentsThatMakeNoSense() {
    assertThatThrownBy(() -> Window.valid(0, 3, 1, 1))
        .hasMessage("a window's size and stride must be positive, got 0x3/1x1");
    assertThatThrownBy(() -> Window.same(3, 3, 1, 0))
        .hasMessage("a window's size and stride must be positive, got 3x3/1x0");
    assertThatThrownBy(() -> Window.padded(3, 3, 1, 1, 0, -1, 0, 0))
        .hasMessage("padding must not be negative, got 0,-1,0,0");
  }
}
