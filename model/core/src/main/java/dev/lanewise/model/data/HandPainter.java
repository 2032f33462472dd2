package dev.lanewise.model.data;

import dev.lanewise.model.random.SplitMix;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * Paints one hand. In its own frame the middle of the palm is the origin, the fingers point to
 * negative y and the thumb is at negative x; the arm leaves the picture at positive y.
 */
final class HandPainter {
  private static final int THUMB = 0;
  private static final int FINGERS = 5;

  /** Where a finger leaves the palm, its length, half its width, and its lean in degrees. */
  private static final double[] BASE_X = {-0.19, -0.165, -0.055, 0.055, 0.16};

  private static final double[] BASE_Y = {0.10, -0.20, -0.24, -0.23, -0.17};
  private static final double[] LENGTH = {0.38, 0.42, 0.47, 0.43, 0.33};
  private static final double[] RADIUS = {0.064, 0.056, 0.058, 0.056, 0.048};
  private static final double[] LEAN = {-48, -11, -2, 6, 17};

  /** Which fingers show a number: bit 0 is the thumb. The first way is the most usual one. */
  private static final int[][] WAYS = {
    {0b00000},
    {0b00010, 0b00001, 0b10000},
    {0b00110, 0b00011, 0b10010},
    {0b01110, 0b00111, 0b11100},
    {0b11110, 0b01111},
    {0b11111}
  };

  private static final double USUAL = 0.9;

  private final Graphics2D graphics;
  private final SplitMix random;

  private final boolean palmSide;
  private final double plumpness;
  private final double spread;
  private final double lightX;
  private final double lightY;
  private final Color skin;
  private final Color shade;
  private final Color shine;
  private final Color line;
  private final double lineWidth;

  HandPainter(Graphics2D graphics, SplitMix random) {
    this.graphics = graphics;
    this.random = random;
    palmSide = random.chance(0.75);
    plumpness = random.range(0.85, 1.18);
    spread = random.range(1.05, 1.5);
    lightX = random.range(-0.35, 0.35);
    lightY = random.range(-0.35, 0.1);
    skin = skinColour(random);
    shade = scaled(skin, random.range(0.72, 0.86));
    shine = scaled(skin, random.range(1.06, 1.2));
    line = scaled(skin, random.range(0.35, 0.6));
    lineWidth = random.range(0.014, 0.026);
  }

  /** Paints a hand that holds up some fingers, somewhere near the middle of the picture. */
  void paint(int fingers) {
    double scale = random.range(1.2, 1.42);
    double mirror = random.chance(0.5) ? 1 : -1;
    double turn = Math.toRadians(random.range(-13, 13));
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            random.range(-0.09, 0.09), 0.38 + random.range(-0.06, 0.06));
    place.rotate(turn);
    place.scale(mirror * scale, scale * random.range(0.92, 1.08));
    AffineTransform before = graphics.getTransform();
    int[] ways = WAYS[fingers];
    int up =
        ways.length == 1 || random.chance(USUAL)
            ? ways[0]
            : ways[1 + random.nextInt(ways.length - 1)];
    Path2D[] shapes = new Path2D[FINGERS];
    for (int f = 0; f < FINGERS; f++) {
      shapes[f] = (up >> f & 1) == 1 ? extended(f) : folded(f);
    }
    Shape palm = palm();
    Shape arm = arm();
    if (random.chance(0.5)) {
      paintCastShadow(place, shapes, palm, arm);
    }
    graphics.transform(place);
    paintOutlined(arm, skin);
    for (int f = 0; f < FINGERS; f++) {
      if ((up >> f & 1) == 1) {
        paintFinger(f, shapes[f], true);
      }
    }
    paintPalm(palm, arm);
    for (int f = FINGERS - 1; f >= 0; f--) {
      boolean hidden = f == THUMB && !palmSide;
      if ((up >> f & 1) == 0 && !hidden) {
        paintFinger(f, shapes[f], false);
      }
    }
    if (random.chance(0.45)) {
      paintSleeve();
    }
    graphics.setTransform(before);
  }

  private static Color skinColour(SplitMix random) {
    double dark = random.nextDouble();
    return new Color(
        (int) (246 - 150 * dark + random.range(-8, 8)),
        (int) (206 - 142 * dark + random.range(-12, 12)),
        (int) (176 - 134 * dark + random.range(-13, 13)));
  }

  private static Color scaled(Color colour, double factor) {
    return new Color(
        (int) Math.min(255, colour.getRed() * factor),
        (int) Math.min(255, colour.getGreen() * factor),
        (int) Math.min(255, colour.getBlue() * factor));
  }

  /** Returns the bones of a raised finger: base, joint, tip. */
  private Path2D extended(int finger) {
    double lean =
        finger == THUMB
            ? LEAN[finger] + random.range(-14, 14)
            : LEAN[finger] * spread + random.range(-4, 4);
    double bend = finger == THUMB ? random.range(5, 28) : random.range(-9, 9);
    double length = LENGTH[finger] * random.range(0.88, 1.1);
    double first = Math.toRadians(lean);
    double second = Math.toRadians(lean + bend);
    double jointX = BASE_X[finger] + 0.55 * length * Math.sin(first);
    double jointY = BASE_Y[finger] - 0.55 * length * Math.cos(first);
    return bones(
        BASE_X[finger],
        BASE_Y[finger],
        jointX,
        jointY,
        jointX + 0.45 * length * Math.sin(second),
        jointY - 0.45 * length * Math.cos(second));
  }

  /** Returns the bones of a finger that lies on the palm, or is curled away from the viewer. */
  private Path2D folded(int finger) {
    double x = BASE_X[finger];
    double y = BASE_Y[finger];
    if (finger == THUMB) {
      double reach = random.range(0.0, 0.1);
      return bones(
          x, y, x + 0.12, y - 0.11, x + 0.24 + reach, y - 0.14 + random.range(-0.03, 0.03));
    }
    double reach = palmSide ? random.range(0.13, 0.2) : random.range(0.03, 0.06);
    double top = y - random.range(0.0, 0.03);
    return bones(x, top, x, top + reach / 2, x * 0.92, top + reach);
  }

  private static Path2D bones(double x0, double y0, double x1, double y1, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x0, y0);
    path.quadTo(x1, y1, x2, y2);
    return path;
  }

  private static Shape palm() {
    Path2D palm = new Path2D.Double();
    palm.moveTo(-0.15, 0.32);
    palm.curveTo(-0.26, 0.18, -0.25, 0.0, -0.225, -0.18);
    palm.curveTo(-0.20, -0.30, 0.0, -0.31, 0.10, -0.285);
    palm.curveTo(0.20, -0.26, 0.225, -0.18, 0.22, -0.08);
    palm.curveTo(0.215, 0.10, 0.20, 0.20, 0.15, 0.32);
    palm.closePath();
    return palm;
  }

  private Shape arm() {
    double wrist = random.range(0.125, 0.155);
    double elbow = wrist * random.range(1.1, 1.5);
    Path2D arm = new Path2D.Double();
    arm.moveTo(-wrist, 0.24);
    arm.lineTo(wrist, 0.24);
    arm.lineTo(elbow, 2.2);
    arm.lineTo(-elbow, 2.2);
    arm.closePath();
    return arm;
  }

  private static BasicStroke round(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private void paintOutlined(Shape shape, Color colour) {
    graphics.setColor(line);
    graphics.setStroke(round(2 * lineWidth));
    graphics.draw(shape);
    graphics.setColor(colour);
    graphics.fill(shape);
  }

  private void paintFinger(int finger, Path2D bones, boolean raised) {
    double width = 2 * RADIUS[finger] * plumpness;
    graphics.setColor(line);
    graphics.setStroke(round(width + 2 * lineWidth));
    graphics.draw(bones);
    graphics.setColor(shade);
    graphics.setStroke(round(width));
    graphics.draw(bones);
    AffineTransform before = graphics.getTransform();
    graphics.translate(lightX * width * 0.35, lightY * width * 0.35);
    graphics.setColor(skin);
    graphics.setStroke(round(width * 0.8));
    graphics.draw(bones);
    if (raised) {
      graphics.translate(lightX * width * 0.35, lightY * width * 0.35);
      graphics.setColor(shine);
      graphics.setStroke(round(width * 0.28));
      graphics.draw(bones);
    }
    graphics.setTransform(before);
    if (raised && !palmSide) {
      paintNail(bones, width);
    }
  }

  private void paintNail(Path2D bones, double width) {
    Point2D tip = bones.getCurrentPoint();
    graphics.setColor(
        new Color(Math.min(255, skin.getRed() + 35), skin.getGreen(), skin.getBlue()));
    graphics.setStroke(round(width * 0.5));
    Path2D nail = new Path2D.Double();
    nail.moveTo(tip.getX(), tip.getY());
    nail.lineTo(tip.getX(), tip.getY());
    graphics.draw(nail);
  }

  private void paintPalm(Shape palm, Shape arm) {
    graphics.setColor(line);
    graphics.setStroke(round(2 * lineWidth));
    graphics.draw(palm);
    graphics.setPaint(
        new RadialGradientPaint(
            new Point2D.Double(lightX * 0.4, lightY * 0.4),
            0.5f,
            new float[] {0, 1},
            new Color[] {scaled(skin, 1.04), shade}));
    graphics.fill(palm);
    graphics.setColor(shade);
    graphics.fill(arm);
    if (palmSide) {
      graphics.setColor(shade);
      graphics.setStroke(round(lineWidth));
      graphics.draw(bones(-0.17, -0.02, -0.06, 0.04, -0.07, 0.24));
      graphics.draw(bones(-0.14, -0.08, 0.02, 0.03, 0.17, -0.06));
    }
  }

  private void paintSleeve() {
    double edge = random.range(0.36, 0.6);
    double half = random.range(0.2, 0.27);
    Path2D sleeve = new Path2D.Double();
    sleeve.moveTo(-half, edge);
    sleeve.quadTo(0, edge + 0.05, half, edge);
    sleeve.lineTo(half * 1.3, 2.2);
    sleeve.lineTo(-half * 1.3, 2.2);
    sleeve.closePath();
    Color cloth =
        Color.getHSBColor(
            (float) random.nextDouble(),
            (float) random.range(0.1, 0.8),
            (float) random.range(0.15, 0.95));
    graphics.setColor(scaled(cloth, 0.6));
    graphics.setStroke(round(2 * lineWidth));
    graphics.draw(sleeve);
    graphics.setColor(cloth);
    graphics.fill(sleeve);
  }

  /** Paints the hand's shadow on the wall, in a few thin layers so that its edge is soft. */
  private void paintCastShadow(AffineTransform place, Path2D[] fingers, Shape palm, Shape arm) {
    double dx = -lightX * random.range(0.2, 0.5);
    double dy = -lightY * random.range(0.2, 0.5);
    AffineTransform before = graphics.getTransform();
    graphics.setColor(new Color(0, 0, 0, 26));
    for (int layer = 1; layer <= 3; layer++) {
      graphics.translate(dx / 3, dy / 3);
      AffineTransform shifted = graphics.getTransform();
      graphics.transform(place);
      graphics.fill(palm);
      graphics.fill(arm);
      for (int f = 0; f < FINGERS; f++) {
        graphics.setStroke(round(2 * RADIUS[f] * plumpness));
        graphics.draw(fingers[f]);
      }
      graphics.setTransform(shifted);
    }
    graphics.setTransform(before);
  }
}
