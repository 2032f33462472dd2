package dev.lanewise.model.data;

import dev.lanewise.model.random.SplitMix;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Paints what is behind a hand: a wall of some colour and texture, and things on it. */
final class SceneryPainter {
  private static final Rectangle2D ALL = new Rectangle2D.Double(-1, -1, 2, 2);

  private final Graphics2D graphics;
  private final SplitMix random;

  SceneryPainter(Graphics2D graphics, SplitMix random) {
    this.graphics = graphics;
    this.random = random;
  }

  void paint() {
    float hue = (float) random.nextDouble();
    float saturation = (float) random.range(0, 0.5);
    float brightness = (float) random.range(0.5, 1);
    paintWall(hue, saturation, brightness);
    switch (random.nextInt(6)) {
      case 0 -> paintStripes();
      case 1 -> paintSpots();
      default -> {
        // A plain wall, most often.
      }
    }
    if (random.chance(0.3)) {
      int things = 1 + random.nextInt(3);
      for (int i = 0; i < things; i++) {
        paintThing();
      }
    }
  }

  private void paintWall(float hue, float saturation, float brightness) {
    Color from = Color.getHSBColor(hue, saturation, brightness);
    Color to =
        Color.getHSBColor(
            hue + (float) random.range(-0.08, 0.08),
            saturation * (float) random.range(0.6, 1.2),
            brightness * (float) random.range(0.65, 1));
    float x = (float) random.range(-1, 1);
    float y = (float) random.range(-1, 1);
    graphics.setPaint(new GradientPaint(x, y, from, -x, -y, to));
    graphics.fill(ALL);
  }

  private Color veil(double most) {
    int grey = random.chance(0.5) ? 0 : 255;
    return new Color(grey, grey, grey, (int) (255 * random.range(0.04, most)));
  }

  private void paintStripes() {
    graphics.setColor(veil(0.22));
    double step = random.range(0.12, 0.4);
    graphics.setStroke(new BasicStroke((float) (step * random.range(0.2, 0.6))));
    double slope = random.range(-2, 2);
    boolean upright = random.chance(0.5);
    for (double at = -3; at < 3; at += step) {
      graphics.draw(
          upright
              ? new Line2D.Double(at - slope, -1, at + slope, 1)
              : new Line2D.Double(-1, at - slope, 1, at + slope));
    }
  }

  private void paintSpots() {
    graphics.setColor(veil(0.2));
    int spots = 20 + random.nextInt(60);
    double size = random.range(0.03, 0.14);
    for (int i = 0; i < spots; i++) {
      double d = size * random.range(0.5, 1.5);
      graphics.fill(new Ellipse2D.Double(random.range(-1.1, 1), random.range(-1.1, 1), d, d));
    }
  }

  private void paintThing() {
    graphics.setColor(
        new Color(
            Color.HSBtoRGB(
                        (float) random.nextDouble(),
                        (float) random.range(0.1, 0.8),
                        (float) random.range(0.2, 1))
                    & 0xFFFFFF
                | (int) (255 * random.range(0.35, 0.9)) << 24,
            true));
    double x = random.range(-1.2, 0.9);
    double y = random.range(-1.2, 0.9);
    double w = random.range(0.15, 0.8);
    double h = random.range(0.15, 0.8);
    switch (random.nextInt(4)) {
      case 0 -> graphics.fill(new Ellipse2D.Double(x, y, w, h));
      case 1 -> graphics.fill(new Rectangle2D.Double(x, y, w, h));
      case 2 -> {
        graphics.setStroke(new BasicStroke((float) random.range(0.02, 0.1)));
        graphics.draw(new Ellipse2D.Double(x, y, w, h));
      }
      default -> {
        graphics.setStroke(
            new BasicStroke(
                (float) random.range(0.03, 0.12), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(new Line2D.Double(x, y, random.range(-1, 1), random.range(-1, 1)));
      }
    }
  }
}
