package dev.lanewise.model.plot;

/**
 * Estimates the width of text without a font: by the advances of DejaVu Sans, the widest of the
 * sans-serif fonts that a viewer is likely to take, so that the text fits with the others too.
 */
final class TextWidth {
  private static final String NARROW = " .,:;|!'/il()[]{}ftjrI-";
  private static final String WIDE = "mwMW@%×+=ABCDGHKNOQRU&";
  private static final double NARROW_EM = 0.41;
  private static final double WIDE_EM = 0.98;
  private static final double USUAL_EM = 0.64;

  /** Han, kana and the like fill the whole em. */
  private static final int FULL_WIDTH_FROM = 0x1100;

  private static final double FULL_EM = 1.05;
  private static final double BOLD = 1.1;

  private TextWidth() {}

  /** Returns the width in pixels of text in a font of the given size. */
  static double of(String text, double size) {
    return size
        * text.codePoints()
            .mapToDouble(
                c -> {
                  if (c >= FULL_WIDTH_FROM) {
                    return FULL_EM;
                  }
                  return NARROW.indexOf(c) >= 0
                      ? NARROW_EM
                      : WIDE.indexOf(c) >= 0 ? WIDE_EM : USUAL_EM;
                })
            .sum();
  }

  /** Returns the width in pixels of bold text. */
  static double ofBold(String text, double size) {
    return BOLD * of(text, size);
  }
}
