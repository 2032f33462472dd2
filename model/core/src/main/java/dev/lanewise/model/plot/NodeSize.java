package dev.lanewise.model.plot;

/** How much room a node takes. */
final class NodeSize {
  static final double TEXT = 12.5;
  static final double SMALL = 10.5;

  /** Between a node's border and its text. */
  static final double PADDING = 10;

  /** Between the texts on the left and on the right of a line. */
  static final double BETWEEN = 14;

  private static final double BOX = 42;
  private static final double PILL = 22;
  private static final double CIRCLE = 24;
  private static final double PILL_PADDING = 16;

  private NodeSize() {}

  /** Returns whether a unit is drawn as a flat box of one line: an activation among fused units. */
  static boolean isPill(Unit unit, PlotOptions options) {
    return unit.isActivation() && !options.layers();
  }

  static double height(Unit unit, PlotOptions options) {
    if (unit.isAddition()) {
      return CIRCLE;
    }
    return isPill(unit, options) ? PILL : BOX;
  }

  /** Returns the least width that the unit's lane must have. */
  static double laneWidth(Unit unit, PlotOptions options) {
    double name = TextWidth.of(unit.anchor().name(), SMALL);
    if (unit.isAddition()) {
      // The circle stands in the middle and its name to the left of it.
      return CIRCLE + 2 * (name + PADDING);
    }
    if (isPill(unit, options)) {
      return pillWidth(unit);
    }
    String after = Labels.after(unit);
    double above =
        TextWidth.ofBold(Labels.work(unit), TEXT)
            + (after.isEmpty() ? 0 : BETWEEN + TextWidth.of(after, TEXT));
    double below = name + BETWEEN + TextWidth.of(Labels.shape(unit.outputShape()), SMALL);
    return 2 * PADDING + Math.max(above, below);
  }

  /** Returns the width of the node itself in a lane. */
  static double width(Unit unit, PlotOptions options, double lane) {
    if (unit.isAddition()) {
      return CIRCLE;
    }
    return isPill(unit, options) ? pillWidth(unit) : lane;
  }

  private static double pillWidth(Unit unit) {
    return 2 * PILL_PADDING
        + TextWidth.of(Labels.work(unit), TEXT)
        + BETWEEN
        + TextWidth.of(Labels.shape(unit.outputShape()), SMALL);
  }
}
