package dev.lanewise.model.augment;

/**
 * Where the pixels of a new image lie in the old one: an affine map of places, in pixels about the
 * images' centre. The new pixel at (u, v) is what the old image has at (xx u + xy v + x, yx u + yy
 * v + y), u and x to the right, v and y downwards.
 */
final class Placement {
  double xx;
  double xy;
  double x;
  double yx;
  double yy;
  double y;

  /** What lies outside the old image; null where nothing outside is asked for. */
  Border border;

  private boolean identity;

  Placement() {
    reset();
  }

  /** Makes this the identity. */
  void reset() {
    xx = 1;
    xy = 0;
    x = 0;
    yx = 0;
    yy = 1;
    y = 0;
    border = null;
    identity = true;
  }

  boolean isIdentity() {
    return identity;
  }

  /** Returns whether a map can be put on top: both see the same outside the image. */
  boolean takes(Border next) {
    return border == null || next == null || border == next;
  }

  /** Puts a map on top: it takes its pixels from the image that this one makes. */
  void then(double a, double b, double c, double d, double e, double f, Border next) {
    double newX = xx * c + xy * f + x;
    double newY = yx * c + yy * f + y;
    double newXx = xx * a + xy * d;
    double newXy = xx * b + xy * e;
    double newYx = yx * a + yy * d;
    double newYy = yx * b + yy * e;
    xx = newXx;
    xy = newXy;
    x = newX;
    yx = newYx;
    yy = newYy;
    y = newY;
    border = border == null ? next : border;
    identity = false;
  }
}
