package dev.lanewise.formats.onnx;

import dev.lanewise.formats.io.FormatException;
import dev.lanewise.onnx.GraphProto;
import dev.lanewise.onnx.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A graph's nodes in an order in which each stands behind those that it reads. */
final class NodeOrder {
  /** What is known of a node on the way. */
  private enum State {
    BEGUN,
    DONE
  }

  private final Map<String, NodeProto> makers;
  private final Map<NodeProto, State> states = new IdentityHashMap<>();
  private final List<NodeProto> order = new ArrayList<>();

  private NodeOrder(Map<String, NodeProto> makers) {
    this.makers = makers;
  }

  /**
   * Orders the nodes. Files hold them so, but nothing makes them.
   *
   * @param makers the node that makes a value
   * @throws FormatException where the graph goes in circles
   */
  static List<NodeProto> of(GraphProto graph, Map<String, NodeProto> makers) {
    NodeOrder order = new NodeOrder(makers);
    graph.getNodeList().forEach(order::add);
    return order.order;
  }

  /** Adds a node behind all that it reads, without recursion: chains may be of any length. */
  private void add(NodeProto last) {
    Deque<NodeProto> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      NodeProto node = open.peek();
      if (states.get(node) == null) {
        states.put(node, State.BEGUN);
        node.getInputList().forEach(value -> open(value, open));
      } else {
        open.pop();
        if (states.put(node, State.DONE) == State.BEGUN) {
          order.add(node);
        }
      }
    }
  }

  private void open(String value, Deque<NodeProto> open) {
    NodeProto maker = makers.get(value);
    if (maker == null) {
      return;
    }
    if (states.get(maker) == State.BEGUN) {
      throw new FormatException("its graph goes in circles at '" + value + "'");
    }
    if (states.get(maker) == null) {
      open.push(maker);
    }
  }
}
