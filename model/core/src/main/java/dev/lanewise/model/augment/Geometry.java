package dev.lanewise.model.augment;

import dev.lanewise.train.Term;

/** Operations that move pixels. */
final class Geometry {
  private static final String CHANCE = "chance";
  private static final String BORDER = "border";

  /** Draws of a crop's size, of which one mostly fits into the image. */
  private static final int TRIES = 10;

  private Geometry() {}

  static double chance(Term term, double otherwise) {
    return term.number(CHANCE, otherwise, 0, 1);
  }

  static Border border(Term term, Border otherwise) {
    String text = term.text(BORDER, null);
    Border border = text == null ? otherwise : Border.ofText(text);
    if (border == null) {
      throw new IllegalArgumentException(term.required(BORDER, "one of " + Border.texts()));
    }
    return border;
  }

  static Operation flip(Term term) {
    double chance = chance(term, 0.5);
    return (image, random) -> {
      if (random.chance(chance)) {
        image.move(-1, 0, 0, 0, 1, 0, null);
      }
    };
  }

  static Operation verticalFlip(Term term) {
    double chance = chance(term, 0.5);
    return (image, random) -> {
      if (random.chance(chance)) {
        image.move(1, 0, 0, 0, -1, 0, null);
      }
    };
  }

  /** By whole pixels, which leaves them sharp. */
  static Operation shift(Term term) {
    double share = term.number("share", 0.1, 0, 1);
    Border border = border(term, Border.REFLECT);
    return (image, random) -> {
      long right = Math.round(random.range(-share, share) * image.width());
      long down = Math.round(random.range(-share, share) * image.height());
      translate(image, right, down, border);
    };
  }

  static Operation paddedCrop(Term term) {
    long pad = term.integer("pad", 4);
    if (pad < 0 || pad > 1 << 10) {
      throw new IllegalArgumentException(term.required("pad", "an integer from 0 to 1024"));
    }
    Border border = border(term, Border.ZERO);
    int places = (int) (2 * pad + 1);
    return (image, random) -> {
      long right = random.nextInt(places) - pad;
      long down = random.nextInt(places) - pad;
      translate(image, right, down, border);
    };
  }

  static Operation resizedCrop(Term term) {
    double least = term.number("least", 0.08, 0.001, 1);
    double widest = StrictMath.log(term.number("aspect", 4 / 3.0, 1, 100));
    return (image, random) -> {
      for (int i = 0; i < TRIES; i++) {
        double area = random.range(least, 1) * image.height() * image.width();
        double aspect = StrictMath.exp(random.range(-widest, widest));
        double width = Math.sqrt(area * aspect);
        double height = Math.sqrt(area / aspect);
        if (width <= image.width() && height <= image.height()) {
          double x = random.range(-0.5, 0.5) * (image.width() - width);
          double y = random.range(-0.5, 0.5) * (image.height() - height);
          image.move(width / image.width(), 0, x, 0, height / image.height(), y, null);
          return;
        }
      }
    };
  }

  static Operation rotate(Term term) {
    double degrees = term.number("degrees", 10, 0, 180);
    Border border = border(term, Border.REFLECT);
    return (image, random) -> rotate(image, random.range(-degrees, degrees), border);
  }

  static Operation zoom(Term term) {
    double by = term.number("by", 0.1, 0, 0.9);
    Border border = border(term, Border.REFLECT);
    return (image, random) -> {
      double scale = 1 / random.range(1 - by, 1 + by);
      image.move(scale, 0, 0, 0, scale, 0, border);
    };
  }

  /** Turns an image clockwise. */
  static void rotate(Canvas image, double degrees, Border border) {
    double angle = StrictMath.toRadians(degrees);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    image.move(cos, sin, 0, -sin, cos, 0, border);
  }

  /** Moves an image to the right and downwards. */
  static void translate(Canvas image, double right, double down, Border border) {
    if (right != 0 || down != 0) {
      image.move(1, 0, -right, 0, 1, -down, border);
    }
  }

  /** Moves the rows of an image to the right, each by a share of its place below the centre. */
  static void shearX(Canvas image, double share, Border border) {
    image.move(1, -share, 0, 0, 1, 0, border);
  }

  /** Moves the columns of an image downwards, each by a share of its place beside the centre. */
  static void shearY(Canvas image, double share, Border border) {
    image.move(1, 0, 0, -share, 1, 0, border);
  }
}
