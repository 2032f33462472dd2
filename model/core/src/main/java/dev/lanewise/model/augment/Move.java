package dev.lanewise.model.augment;

/** What RandAugment and TrivialAugment choose from. */
enum Move {
  IDENTITY,
  SHEAR_X,
  SHEAR_Y,
  TRANSLATE_X,
  TRANSLATE_Y,
  ROTATE,
  BRIGHTNESS,
  COLOUR,
  CONTRAST,
  SHARPNESS,
  POSTERIZE,
  SOLARIZE,
  AUTO_CONTRAST,
  EQUALIZE;

  private static final Move[] ALL = values();
  private static final int BITS = 8;

  static int count() {
    return ALL.length;
  }

  static Move of(int index) {
    return ALL[index];
  }

  /**
   * How far moves go at full strength.
   *
   * @param shear share of a pixel's place by which it moves
   * @param translateX pixels to the side
   * @param translateY pixels up or down
   * @param degrees of a rotation
   * @param enhance what a factor differs from 1
   * @param lostBits bits of a byte that posterising takes
   */
  record Reach(
      double shear,
      double translateX,
      double translateY,
      double degrees,
      double enhance,
      int lostBits) {}

  /**
   * Changes an image.
   *
   * @param strength from 0 to 1
   * @param sign 1 or -1, the direction of what has two
   */
  void apply(Canvas image, double strength, int sign, Reach reach, Border border) {
    double signed = strength * sign;
    double factor = 1 + signed * reach.enhance;
    switch (this) {
      case IDENTITY -> {}
      case SHEAR_X -> Geometry.shearX(image, signed * reach.shear, border);
      case SHEAR_Y -> Geometry.shearY(image, signed * reach.shear, border);
      case TRANSLATE_X -> Geometry.translate(image, signed * reach.translateX, 0, border);
      case TRANSLATE_Y -> Geometry.translate(image, 0, signed * reach.translateY, border);
      case ROTATE -> Geometry.rotate(image, signed * reach.degrees, border);
      case BRIGHTNESS -> Colours.brightness(image, factor);
      case COLOUR -> Colours.saturation(image, factor);
      case CONTRAST -> Colours.contrast(image, factor);
      case SHARPNESS -> Colours.sharpness(image, factor);
      case POSTERIZE -> Tones.posterize(image, BITS - (int) Math.round(strength * reach.lostBits));
      case SOLARIZE -> Tones.solarize(image, (int) Math.round(256 * (1 - strength)));
      case AUTO_CONTRAST -> Tones.autoContrast(image);
      case EQUALIZE -> Tones.equalize(image);
    }
  }
}
