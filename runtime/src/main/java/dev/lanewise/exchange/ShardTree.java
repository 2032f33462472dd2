package dev.lanewise.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the results of shards are added up: a binary tree that the number of shards
 * alone decides. A node over the shards [from,to) is the sum of its halves, the first of which has
 * one shard more where the number is odd. So the sum has the same bits wherever the shards were
 * worked on: who has some of them adds up what nodes lie within these, and whoever has the sums of
 * nodes goes on from there.
 *
 * <p>A sum is made by a stack: push the sums of nodes in ascending order, and after each of them
 * add the last two {@link #merges} times.
 *
 * @param shards how many there are
 */
public record ShardTree(int shards) {
  /**
   * A part of the tree.
   *
   * @param from its first shard
   * @param to the shard after its last
   */
  public record Node(int from, int to) {
    private boolean isLeaf() {
      return to - from == 1;
    }

    private Node left() {
      return new Node(from, middle());
    }

    private Node right() {
      return new Node(middle(), to);
    }

    private int middle() {
      return from + (to - from + 1) / 2;
    }
  }

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException where it is not positive
   */
  public ShardTree {
    if (shards < 1) {
      throw new IllegalArgumentException("a sum over shards requires at least 1, got " + shards);
    }
  }

  private Node root() {
    return new Node(0, shards);
  }

  /**
   * {@return the largest nodes within a range of shards, ascending: what its worker can add up by
   * itself}
   *
   * @param from the first shard
   * @param to the shard after the last
   * @throws IllegalArgumentException where there are no such shards
   */
  public List<Node> cover(int from, int to) {
    if (from < 0 || from >= to || to > shards) {
      throw new IllegalArgumentException(
          "a range of " + shards + " shards requires one or more, got [" + from + "," + to + ")");
    }
    List<Node> nodes = new ArrayList<>();
    cover(root(), from, to, nodes);
    return nodes;
  }

  private static void cover(Node node, int from, int to, List<Node> nodes) {
    if (node.from >= from && node.to <= to) {
      nodes.add(node);
    } else if (node.from < to && node.to > from) {
      cover(node.left(), from, to, nodes);
      cover(node.right(), from, to, nodes);
    }
  }

  /**
   * {@return how many nodes end with this one and are larger, but do not begin before a shard: how
   * often the last two sums are added once this node's is there}
   *
   * @param node one of the tree's
   * @param from the first shard that takes part
   */
  public int merges(Node node, int from) {
    int larger = 0;
    Node at = root();
    while (!at.equals(node)) {
      if (at.isLeaf()) {
        throw new IllegalArgumentException(node + " is none of the nodes over " + shards);
      }
      if (at.to == node.to && at.from >= from) {
        larger++;
      }
      at = node.from < at.middle() ? at.left() : at.right();
    }
    return larger;
  }

  /**
   * {@return {@link #merges(Node, int)} of a single shard}
   *
   * @param shard its number
   * @param from the first shard that takes part
   */
  public int merges(int shard, int from) {
    return merges(new Node(shard, shard + 1), from);
  }

  /**
   * {@return the sum of a number of each shard}
   *
   * @param values by shard
   */
  public double sum(double[] values) {
    return sum(root(), values);
  }

  private static double sum(Node node, double[] values) {
    return node.isLeaf() ? values[node.from] : sum(node.left(), values) + sum(node.right(), values);
  }
}
