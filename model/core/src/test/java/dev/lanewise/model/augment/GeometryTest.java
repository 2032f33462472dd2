package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
  /** Bilinear in double, about the centre, over pixels whose outside is that of np.pad. */
  private static double[] reference(byte[] src, int h, int w, int c, double[] map, Border border) {
    double[] result = new double[src.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double u = x - (w - 1) / 2.0;
        double v = y - (h - 1) / 2.0;
        double sx = map[0] * u + map[1] * v + map[2] + (w - 1) / 2.0;
        double sy = map[3] * u + map[4] * v + map[5] + (h - 1) / 2.0;
        int x0 = (int) Math.floor(sx);
        int y0 = (int) Math.floor(sy);
        for (int k = 0; k < c; k++) {
          double sum = 0;
          for (int dy = 0; dy < 2; dy++) {
            for (int dx = 0; dx < 2; dx++) {
              double weight = (1 - Math.abs(sx - x0 - dx)) * (1 - Math.abs(sy - y0 - dy));
              int px = outside(x0 + dx, w, border);
              int py = outside(y0 + dy, h, border);
              sum += px < 0 || py < 0 ? 0 : weight * (src[(py * w + px) * c + k] & 255);
            }
          }
          result[(y * w + x) * c + k] = sum;
        }
      }
    }
    return result;
  }

  private static int outside(int i, int n, Border border) {
    if (i >= 0 && i < n) {
      return i;
    }
    if (border == Border.ZERO) {
      return -1;
    }
    if (border == Border.EDGE || n == 1) {
      return i < 0 ? 0 : n - 1;
    }
    return i < 0 ? outside(-i, n, border) : outside(2 * (n - 1) - i, n, border);
  }

  @ParameterizedTest
  @EnumSource
  void anyMoveIsThatOfPlainLoops(Border border) {
    SplitMix random = new SplitMix(3);
    for (int[] shape : Pictures.SHAPES) {
      for (int i = 0; i < 20; i++) {
        double[] map = new double[6];
        for (int k = 0; k < 6; k++) {
          map[k] = random.range(-2, 2) * (k % 3 == 2 ? 3 : 1);
        }
        Canvas canvas = Pictures.noise(shape, i);
        double[] wanted =
            reference(canvas.pixels().clone(), shape[0], shape[1], shape[2], map, border);
        canvas.move(map[0], map[1], map[2], map[3], map[4], map[5], border);
        byte[] got = canvas.pixels();
        for (int k = 0; k < got.length; k++) {
          // A place is off by 1/4096 of a pixel at most, and its value by as much of 255, twice.
          assertThat((got[k] & 255) - wanted[k]).isBetween(-0.7, 0.7);
        }
      }
    }
  }

  @Test
  void flipMirrorsColumnsExactly() {
    for (int[] shape : Pictures.SHAPES) {
      byte[] src = Pictures.noise(shape, 1).pixels();
      byte[] got = Pictures.result("flip(chance=1)", shape, 0);
      byte[] down = Pictures.result("vertical-flip(chance=1)", shape, 0);
      for (int y = 0; y < shape[0]; y++) {
        for (int x = 0; x < shape[1]; x++) {
          for (int k = 0; k < shape[2]; k++) {
            byte wanted = src[(y * shape[1] + x) * shape[2] + k];
            assertThat(got[(y * shape[1] + shape[1] - 1 - x) * shape[2] + k]).isEqualTo(wanted);
            assertThat(down[((shape[0] - 1 - y) * shape[1] + x) * shape[2] + k]).isEqualTo(wanted);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flip(chance=0)",
        "vertical-flip(chance=0)",
        "shift(share=0)",
        "crop(pad=0)",
        "random-resized-crop(least=1,aspect=1)",
        "rotate(degrees=0)",
        "zoom(by=0)",
        "brightness(by=0)",
        "contrast(by=0)",
        "colour(by=0)",
        "cutout(size=0)",
        "cutout(chance=0)",
        "erase(chance=0)",
        "mixup",
        "flip(chance=1),flip(chance=1)",
        "vertical-flip(chance=1),rotate(degrees=0),vertical-flip(chance=1)"
      })
  void withoutStrengthAnImageStays(String text) {
    for (int[] shape : Pictures.SHAPES) {
      assertThat(Pictures.result(text, shape, 5)).isEqualTo(Pictures.noise(shape, 1).pixels());
    }
  }

  @Test
  void paddedCropsAreAllTheWindowsOfThePaddedImage() {
    int[] shape = {8, 8, 1};
    byte[] src = Pictures.noise(shape, 1).pixels();
    boolean[][] seen = new boolean[5][5];
    for (int seed = 0; seed < 400; seed++) {
      byte[] got = Pictures.result("crop(pad=2)", shape, seed);
      int found = 0;
      for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
          if (isWindow(src, got, dy, dx)) {
            seen[dy + 2][dx + 2] = true;
            found++;
          }
        }
      }
      assertThat(found).isEqualTo(1);
    }
    assertThat(seen).isDeepEqualTo(new boolean[][] {all(), all(), all(), all(), all()});
  }

  private static boolean[] all() {
    return new boolean[] {true, true, true, true, true};
  }

  private static boolean isWindow(byte[] src, byte[] got, int dy, int dx) {
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        boolean inside = y + dy >= 0 && y + dy < 8 && x + dx >= 0 && x + dx < 8;
        int wanted = inside ? src[(y + dy) * 8 + x + dx] : 0;
        if (got[y * 8 + x] != wanted) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void resizedCropsShowAPartOfTheImageAlone() {
    // Lightness grows by 2 to the right and by 3 downwards, so every value tells its place.
    Canvas canvas = new Canvas(40, 40, 1);
    for (int seed = 0; seed < 200; seed++) {
      byte[] pixels = canvas.overwrite();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (i % 40 * 2 + i / 40 * 3);
      }
      Pictures.operation("random-resized-crop(least=0.25)").apply(canvas, new SplitMix(seed));
      byte[] got = canvas.pixels();
      double width = ((got[39] & 255) - (got[0] & 255)) / 2.0 / 39 * 40;
      double height = ((got[39 * 40] & 255) - (got[0] & 255)) / 3.0 / 39 * 40;
      assertThat(width * height).isBetween(0.22 * 1600, 1.03 * 1600);
      assertThat(width / height).isBetween(0.70, 1.42);
    }
  }

  @Test
  void rotationTurnsAboutTheCentre() {
    int[] shape = {5, 5, 1};
    Canvas canvas = Pictures.noise(shape, 1);
    byte[] src = canvas.pixels().clone();
    Geometry.rotate(canvas, 90, Border.ZERO);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(canvas.pixels()[x * 5 + 4 - y]).isEqualTo(src[y * 5 + x]);
      }
    }
  }

  @Test
  void movesInARowAreOneResampling() {
    int[] shape = {9, 9, 1};
    Canvas canvas = Pictures.noise(shape, 1);
    byte[] src = canvas.pixels().clone();
    // Each alone would blur, and cut off corners.
    Geometry.rotate(canvas, 33, Border.REFLECT);
    Geometry.translate(canvas, 3.5, -2.25, Border.REFLECT);
    Geometry.translate(canvas, -3.5, 2.25, Border.REFLECT);
    Geometry.rotate(canvas, -33, Border.REFLECT);
    assertThat(canvas.pixels()).isEqualTo(src);
  }

  @Test
  void translationMovesToTheRightAndDown() {
    Canvas canvas = new Canvas(4, 5, 1);
    canvas.overwrite()[0] = 100;
    Geometry.translate(canvas, 2, 1, Border.ZERO);
    assertThat(canvas.pixels()[5 + 2]).isEqualTo((byte) 100);
    assertThat(canvas.pixels()[0]).isZero();
  }

  @Test
  void edgesAreRepeated() {
    Canvas canvas = Pictures.noise(new int[] {1, 4, 1}, 1);
    byte[] src = canvas.pixels().clone();
    Geometry.translate(canvas, 2, 0, Border.EDGE);
    assertThat(canvas.pixels()).containsExactly(src[0], src[0], src[0], src[1]);
    Geometry.translate(canvas, 2, 0, Border.REFLECT);
    assertThat(canvas.pixels()).containsExactly(src[0], src[0], src[0], src[0]);
  }

  @Test
  void reflectionLeavesOutTheOutermostPixel() {
    Canvas canvas = Pictures.noise(new int[] {1, 4, 1}, 1);
    byte[] src = canvas.pixels().clone();
    Geometry.translate(canvas, 2, 0, Border.REFLECT);
    assertThat(canvas.pixels()).containsExactly(src[2], src[1], src[0], src[1]);
  }
}
