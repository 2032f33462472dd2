package dev.lanewise.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the knots of a graph: nodes that all reach each other (its strongly connected components of
 * more than one node), by Tarjan's algorithm (1972).
 */
final class Knots {
  private final Map<String, Set<String>> edges;
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> knots = new ArrayList<>();

  private Knots(Map<String, Set<String>> edges) {
    this.edges = edges;
  }

  /**
   * Returns the knots.
   *
   * @param edges for each node those that it leads to
   */
  static List<Set<String>> of(Map<String, Set<String>> edges) {
    Knots search = new Knots(edges);
    for (String node : edges.keySet()) {
      if (!search.order.containsKey(node)) {
        search.visit(node);
      }
    }
    return search.knots;
  }

  private void visit(String node) {
    int number = order.size();
    order.put(node, number);
    lowest.put(node, number);
    open.push(node);
    for (String next : edges.getOrDefault(node, Set.of())) {
      if (!order.containsKey(next)) {
        visit(next);
        lowest.merge(node, lowest.get(next), Math::min);
      } else if (open.contains(next)) {
        lowest.merge(node, order.get(next), Math::min);
      }
    }
    if (lowest.get(node) == number) {
      close(node);
    }
  }

  /** Takes what was visited since a node from the open ones: it hangs together. */
  private void close(String node) {
    Set<String> knot = new TreeSet<>();
    String last;
    do {
      last = open.pop();
      knot.add(last);
    } while (!last.equals(node));
    if (knot.size() > 1) {
      knots.add(knot);
    }
  }
}
