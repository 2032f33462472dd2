package dev.lanewise.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.exchange.ShardTree.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTreeTest {
  @Test
  void theSumIsTheSameForAnyWorkers() {
    for (int shards = 1; shards <= 24; shards++) {
      ShardTree tree = new ShardTree(shards);
      String whole = text(0, shards);
      for (int workers = 1; workers <= shards; workers++) {
        if (shards % workers == 0) {
          assertEquals(whole, summed(tree, workers), workers + " workers");
        }
      }
    }
  }

  /** The sum as a text, first by each worker, then over what they have. */
  private static String summed(ShardTree tree, int workers) {
    int own = tree.shards() / workers;
    List<Node> nodes = new ArrayList<>();
    List<String> sums = new ArrayList<>();
    for (int from = 0; from < tree.shards(); from += own) {
      Deque<String> stack = new ArrayDeque<>();
      for (int shard = from; shard < from + own; shard++) {
        stack.push(Integer.toString(shard));
        merge(stack, tree.merges(shard, from));
      }
      nodes.addAll(tree.cover(from, from + own));
      sums.addAll(new ArrayList<>(stack).reversed());
    }
    assertEquals(nodes.size(), sums.size());
    Deque<String> stack = new ArrayDeque<>();
    for (int i = 0; i < sums.size(); i++) {
      stack.push(sums.get(i));
      merge(stack, tree.merges(nodes.get(i), 0));
    }
    assertEquals(1, stack.size());
    return stack.pop();
  }

  private static void merge(Deque<String> stack, int times) {
    for (int i = 0; i < times; i++) {
      String right = stack.pop();
      stack.push("(" + stack.pop() + "+" + right + ")");
    }
  }

  /** The tree by its definition. */
  private static String text(int from, int to) {
    if (to - from == 1) {
      return Integer.toString(from);
    }
    int middle = from + Math.ceilDiv(to - from, 2);
    return "(" + text(from, middle) + "+" + text(middle, to) + ")";
  }

  @Test
  void whatIsNoneOfItIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ShardTree(0));
    ShardTree tree = new ShardTree(6);
    assertThrows(IllegalArgumentException.class, () -> tree.cover(2, 2));
    assertThrows(IllegalArgumentException.class, () -> tree.cover(4, 7));
    assertThrows(IllegalArgumentException.class, () -> tree.merges(new Node(2, 4), 0));
  }
}
