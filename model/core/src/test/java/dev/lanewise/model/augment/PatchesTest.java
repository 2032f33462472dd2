package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatchesTest {
  /** Returns the number of changed pixels, which must fill their rectangle; colours alone. */
  private static int changed(byte[] src, byte[] got, int[] shape) {
    int top = shape[0];
    int left = shape[1];
    int bottom = 0;
    int right = 0;
    int count = 0;
    for (int y = 0; y < shape[0]; y++) {
      for (int x = 0; x < shape[1]; x++) {
        int at = (y * shape[1] + x) * shape[2];
        boolean differs = false;
        for (int k = 0; k < Math.min(3, shape[2]); k++) {
          differs |= src[at + k] != got[at + k];
        }
        if (shape[2] == 4) {
          assertThat(got[at + 3]).isEqualTo(src[at + 3]);
        }
        if (differs) {
          count++;
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y + 1);
          right = Math.max(right, x + 1);
        }
      }
    }
    int area = Math.max(0, bottom - top) * Math.max(0, right - left);
    // One of 128^3 noise pixels is just what covers it.
    assertThat(count).isBetween(area - 1 - area / 50, area);
    return area;
  }

  @Test
  void cutoutIsAGreySquareCutByTheBorders() {
    for (int[] shape : new int[][] {{20, 30, 3}, {21, 17, 4}}) {
      byte[] src = Pictures.noise(shape, 1).pixels();
      int side = (int) Math.round(0.5 * Math.min(shape[0], shape[1]));
      int most = 0;
      for (int seed = 0; seed < 100; seed++) {
        byte[] got = Pictures.result("cutout", shape, seed);
        int area = changed(src, got, shape);
        assertThat(area).isBetween(side * side / 4 - side, side * side);
        most = Math.max(most, area);
        for (int i = 0; i < got.length; i++) {
          assertThat(got[i] == src[i] || got[i] == (byte) 128).isTrue();
        }
      }
      assertThat(most).isEqualTo(side * side);
    }
  }

  @Test
  void erasedRectanglesHaveTheirShareOfTheImage() {
    for (int[] shape : new int[][] {{40, 30, 3}, {33, 41, 4}}) {
      byte[] src = Pictures.noise(shape, 1).pixels();
      int erased = 0;
      for (int seed = 0; seed < 400; seed++) {
        byte[] got = Pictures.result("erase(chance=0.25)", shape, seed);
        double share = changed(src, got, shape) / (double) (shape[0] * shape[1]);
        erased += share > 0 ? 1 : 0;
        assertThat(share == 0 || share > 0.01 && share < 0.36).isTrue();
      }
      assertThat(erased).isBetween(70, 130);
    }
  }

  @Test
  void smallestImagesSurvive() {
    for (int[] shape : Pictures.SHAPES) {
      for (int seed = 0; seed < 20; seed++) {
        assertThat(Pictures.result("cutout(size=1),erase(chance=1,most=1)", shape, seed))
            .hasSize(shape[0] * shape[1] * shape[2]);
      }
    }
  }
}
