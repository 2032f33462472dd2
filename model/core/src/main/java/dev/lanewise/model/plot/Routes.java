package dev.lanewise.model.plot;

import dev.lanewise.model.plot.NetworkLayout.Rect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the ways of edges. From one node of lane 0 to the next they run straight down; from and to
 * other lanes they fork below the node that they leave; by nodes of lane 0 they pass on a track of
 * their own, and end at the right side of the node that they lead to.
 */
final class Routes {
  /** A corner of an edge. */
  record Point(double x, double y) {}

  /**
   * An edge of the graph.
   *
   * @param from the unit that is read
   * @param to the unit that reads
   */
  record Edge(Unit from, Unit to) {}

  /** Below a node: where an edge forks off. */
  private static final double BELOW = 9;

  /** Above a column's first block and below its last: where edges run to the next column. */
  private static final double AROUND = 13;

  /** What an edge occupies of a column's tracks. */
  private record Span(int column, double from, double to, int track) {}

  private final NetworkLayout layout;
  private final List<Span> spans = new ArrayList<>();
  private final Map<Edge, List<Point>> routes = new LinkedHashMap<>();

  Routes(UnitGraph graph, NetworkLayout layout) {
    this.layout = layout;
    graph
        .inputs()
        .forEach(
            (to, inputs) ->
                inputs.forEach(from -> routes.put(new Edge(from, to), route(from, to))));
  }

  /** Returns the most edges that pass by nodes beside each other. */
  static int tracks(UnitGraph graph, PlotOptions options) {
    return new Routes(graph, new NetworkLayout(graph, options, 0, List.of())).tracks();
  }

  /** Returns the corners of each edge's way, its ends included. */
  Map<Edge, List<Point>> routes() {
    return routes;
  }

  private int tracks() {
    return spans.stream().mapToInt(span -> span.track() + 1).max().orElse(0);
  }

  private List<Point> route(Unit from, Unit to) {
    List<Point> points = new ArrayList<>();
    Rect source = layout.node(from);
    Rect target = layout.node(to);
    int column = layout.column(to);
    points.add(new Point(source.middleX(), source.bottom()));
    boolean visible = sees(from, to);
    if (!visible) {
      passBy(from, to, points);
    } else if (layout.column(from) != column) {
      turn(from, layout.laneX(column, 0), points);
    }
    double x = points.get(points.size() - 1).x();
    if (lane(to) > 0) {
      double y = visible ? forkY(from, to) : target.y() - BELOW;
      points.add(new Point(x, y));
      points.add(new Point(target.middleX(), y));
      points.add(new Point(target.middleX(), target.y()));
    } else if (isNext(from, to)) {
      points.add(new Point(x, target.y()));
    } else {
      if (visible && lane(from) == 0) {
        double y = forkY(from, to);
        double track = track(column, y, target.middleY());
        points.add(new Point(x, y));
        points.add(new Point(track, y));
        x = track;
      }
      points.add(new Point(x, target.middleY()));
      points.add(new Point(target.right(), target.middleY()));
    }
    return points;
  }

  private int lane(Unit unit) {
    return layout.block(unit).lane(unit);
  }

  /** Returns whether one unit of the path is right above another, and the edge runs straight. */
  boolean isNext(Unit from, Unit to) {
    return lane(to) == 0 && next(from) == to;
  }

  private Unit next(Unit unit) {
    int at = layout.path().indexOf(unit);
    return at < 0 || at + 1 == layout.path().size() ? null : layout.path().get(at + 1);
  }

  /** Whether nothing stands between a unit and where the edge to another leaves the path. */
  private boolean sees(Unit from, Unit to) {
    return from.block().equals(to.block())
        || (lane(from) == 0 && next(from) == layout.block(to).path().get(0));
  }

  private double forkY(Unit from, Unit to) {
    if (from.block().equals(to.block()) || to.block().isEmpty()) {
      return layout.node(from).bottom() + BELOW;
    }
    return layout.frame(to).y() + NetworkLayout.TITLE + NetworkLayout.FORK / 3;
  }

  /** From below a unit, on a track, to where the other is reached. */
  private void passBy(Unit from, Unit to, List<Point> points) {
    int column = layout.column(from);
    double y = layout.node(from).bottom() + BELOW;
    boolean stays = column == layout.column(to);
    double bottom = stays ? layout.node(to).middleY() : layout.columnBottom(column);
    double x = track(column, y, bottom);
    points.add(new Point(layout.node(from).middleX(), y));
    points.add(new Point(x, y));
    if (!stays) {
      double top = NetworkLayout.columnTop();
      double there = track(layout.column(to), top, layout.node(to).middleY());
      turn(from, there, points);
    }
  }

  /** From the bottom of a unit's column to the top of another, at x. */
  private void turn(Unit from, double x, List<Point> points) {
    double below = layout.columnBottom(layout.column(from)) + AROUND;
    double between = layout.columnRight(layout.column(from)) + NetworkLayout.COLUMN_GAP / 2;
    double above = NetworkLayout.columnTop() - AROUND;
    points.add(new Point(points.get(points.size() - 1).x(), below));
    points.add(new Point(between, below));
    points.add(new Point(between, above));
    points.add(new Point(x, above));
  }

  /** Takes the nearest track that is free from one height to another, and returns where it is. */
  private double track(int column, double from, double to) {
    int track = 0;
    while (isTaken(column, from, to, track)) {
      track++;
    }
    spans.add(new Span(column, from, to, track));
    return layout.trackX(column, track);
  }

  private boolean isTaken(int column, double from, double to, int track) {
    return spans.stream()
        .anyMatch(
            span ->
                span.column() == column
                    && span.track() == track
                    && span.from() < to
                    && span.to() > from);
  }
}
