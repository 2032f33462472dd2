package dev.lanewise.model.augment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a pixel outside an image is. */
public enum Border {
  /** That which lies as far within, the outermost pixel being the mirror. */
  REFLECT,

  /** The outermost pixel. */
  EDGE,

  /** Zero in every channel: black, and transparent. */
  ZERO;

  /** Returns the place of the pixel that stands for place i of n; -1 for none. */
  int at(int i, int n) {
    if (i >= 0 && i < n) {
      return i;
    }
    return switch (this) {
      case REFLECT -> {
        int period = Math.max(1, 2 * (n - 1));
        int place = Math.floorMod(i, period);
        yield Math.min(place, period - place);
      }
      case EDGE -> Math.clamp(i, 0, n - 1);
      case ZERO -> -1;
    };
  }

  /** Returns the border of a name; null where there is none. */
  static Border ofText(String text) {
    return Arrays.stream(values()).filter(b -> b.text().equals(text)).findAny().orElse(null);
  }

  /** Returns the names as a sentence lists them. */
  static String texts() {
    return Arrays.stream(values()).map(Border::text).collect(Collectors.joining(", "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
