package dev.lanewise.model.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places of a drawing: blocks below each other, in one column or several, and the lanes of all
 * blocks of a column at the same distances. Between lane 0 and lane 1 is room for the edges that
 * pass by nodes of lane 0.
 */
final class NetworkLayout {
  /** A rectangle; x and y are its left upper corner. */
  record Rect(double x, double y, double width, double height) {
    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }

    double middleX() {
      return x + width / 2;
    }

    double middleY() {
      return y + height / 2;
    }
  }

  static final double MARGIN = 24;

  /** Height of the drawing's heading. */
  static final double HEADING = 52;

  /** Height of a block's title. */
  static final double TITLE = 28;

  /** Below a block's title: where a shortcut leaves the path. */
  static final double FORK = 22;

  /** Between two tracks on which edges pass by nodes. */
  static final double TRACK = 14;

  private static final double FRAME_PADDING = 14;
  private static final double FRAME_GAP = 26;

  /** Between a lane's nodes and the nearest track. */
  private static final double TRACK_MARGIN = 22;

  private static final double LANE_GAP = 24;

  /** Between columns: two edges fit. */
  static final double COLUMN_GAP = 48;

  private final PlotOptions options;
  private final Map<String, BlockLayout> blocks = new LinkedHashMap<>();
  private final Map<String, Rect> frames = new LinkedHashMap<>();
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Map<Unit, Rect> nodes = new LinkedHashMap<>();
  private final List<Unit> path = new ArrayList<>();
  private final List<Double> laneWidths = new ArrayList<>();
  private final List<Double> columnBottoms = new ArrayList<>();
  private final int tracks;

  /** What frames are wider than their lanes, for the titles' sake. */
  private double extra;

  /**
   * Lays out.
   *
   * @param tracks the most edges that pass by nodes of lane 0 beside each other
   * @param titles what stands to the left and to the right of the path above each block
   */
  NetworkLayout(UnitGraph graph, PlotOptions options, int tracks, List<BlockTitle> titles) {
    this.options = options;
    this.tracks = tracks;
    laneWidths.add(2 * titles.stream().mapToDouble(BlockTitle::leftWidth).max().orElse(0));
    graph
        .blocks()
        .forEach((name, units) -> blocks.put(name, new BlockLayout(units, graph, options)));
    for (Unit unit : graph.inputs().keySet()) {
      int lane = block(unit).lane(unit);
      while (laneWidths.size() <= lane) {
        laneWidths.add(0.0);
      }
      laneWidths.set(lane, Math.max(laneWidths.get(lane), NodeSize.laneWidth(unit, options)));
    }
    double right = titles.stream().mapToDouble(BlockTitle::rightWidth).max().orElse(0);
    extra = Math.max(0, right - (frameWidth() - 2 * FRAME_PADDING - laneWidths.get(0) / 2));
    blocks.values().forEach(block -> path.addAll(block.path()));
    assignColumns();
    placeFrames();
    graph.inputs().keySet().forEach(unit -> nodes.put(unit, place(unit)));
  }

  BlockLayout block(Unit unit) {
    return blocks.get(unit.block());
  }

  /** Returns the frames of blocks that have a name. */
  Map<String, Rect> frames() {
    Map<String, Rect> named = new LinkedHashMap<>(frames);
    named.remove("");
    return named;
  }

  Rect frame(Unit unit) {
    return frames.get(unit.block());
  }

  Rect node(Unit unit) {
    return nodes.get(unit);
  }

  Map<Unit, Rect> nodes() {
    return nodes;
  }

  int column(Unit unit) {
    return columns.get(unit.block());
  }

  /** Returns the units of lane 0 of all blocks in order. */
  List<Unit> path() {
    return path;
  }

  /** Returns where a lane's middle is in a column. */
  double laneX(int column, int lane) {
    double x = columnX(column) + FRAME_PADDING + laneWidths.get(0) / 2;
    if (lane > 0) {
      x += laneWidths.get(0) / 2 + trackRoom();
      for (int i = 1; i < lane; i++) {
        x += laneWidths.get(i) + LANE_GAP;
      }
      x += laneWidths.get(lane) / 2;
    }
    return x;
  }

  double trackX(int column, int track) {
    return columnX(column) + FRAME_PADDING + laneWidths.get(0) + TRACK_MARGIN + track * TRACK;
  }

  double columnX(int column) {
    return MARGIN + column * (frameWidth() + COLUMN_GAP);
  }

  double columnRight(int column) {
    return columnX(column) + frameWidth();
  }

  double columnBottom(int column) {
    return columnBottoms.get(column);
  }

  static double columnTop() {
    return MARGIN + HEADING;
  }

  double width() {
    return columnRight(columnBottoms.size() - 1) + MARGIN;
  }

  double height() {
    return columnBottoms.stream().mapToDouble(Double::doubleValue).max().orElse(0) + MARGIN;
  }

  private double frameWidth() {
    double width = 2 * FRAME_PADDING + laneWidths.get(0) + extra;
    if (laneWidths.size() > 1) {
      width += trackRoom() + LANE_GAP * (laneWidths.size() - 2);
      for (int i = 1; i < laneWidths.size(); i++) {
        width += laneWidths.get(i);
      }
    } else if (tracks > 0) {
      width += TRACK_MARGIN + TRACK * (tracks - 1);
    }
    return width;
  }

  private double trackRoom() {
    return 2 * TRACK_MARGIN + TRACK * Math.max(0, tracks - 1);
  }

  private double frameHeight(String name) {
    double height = blocks.get(name).height();
    return name.isEmpty() ? height : TITLE + FORK + height + FRAME_PADDING;
  }

  /** Cuts the row of blocks so that the tallest column is as low as it can be. */
  private void assignColumns() {
    double lowest = blocks.keySet().stream().mapToDouble(this::frameHeight).max().orElse(0);
    double highest = blocks.keySet().stream().mapToDouble(this::needed).sum();
    while (highest - lowest > 1) {
      double middle = (lowest + highest) / 2;
      if (fill(middle) <= options.columns()) {
        highest = middle;
      } else {
        lowest = middle;
      }
    }
    fill(highest);
  }

  private double needed(String name) {
    return frameHeight(name) + FRAME_GAP;
  }

  /** Fills columns up to a height and returns how many they are. */
  private int fill(double height) {
    int column = 0;
    double used = 0;
    for (String name : blocks.keySet()) {
      if (used > 0 && used + needed(name) > height) {
        column++;
        used = 0;
      }
      used += needed(name);
      columns.put(name, column);
    }
    return column + 1;
  }

  private void placeFrames() {
    int column = -1;
    double y = 0;
    for (String name : blocks.keySet()) {
      if (columns.get(name) != column) {
        column = columns.get(name);
        y = columnTop();
        columnBottoms.add(y);
      }
      Rect frame = new Rect(columnX(column), y, frameWidth(), frameHeight(name));
      frames.put(name, frame);
      columnBottoms.set(column, frame.bottom());
      y = frame.bottom() + FRAME_GAP;
    }
  }

  private Rect place(Unit unit) {
    Rect frame = frame(unit);
    int lane = block(unit).lane(unit);
    double width = NodeSize.width(unit, options, laneWidths.get(lane));
    double top = frame.y() + block(unit).top(unit);
    return new Rect(
        laneX(column(unit), lane) - width / 2,
        unit.block().isEmpty() ? top : top + TITLE + FORK,
        width,
        NodeSize.height(unit, options));
  }
}
