package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.NetworkSpec;
import java.util.List;

/**
 * What is generated for a network.
 *
 * @param spec the network
 * @param name simple name of the network's class
 * @param stem the stem's class
 * @param blocks the blocks' classes, in the order of their first use
 * @param uses the blocks, in order
 * @param tail the class between stages and head; null for none
 * @param head the head's class
 */
public record NetworkPlan(
    NetworkSpec spec,
    String name,
    UnitsPlan stem,
    List<BlockPlan> blocks,
    List<Use> uses,
    ClassPlan tail,
    HeadPlan head) {
  /**
   * A block of the network.
   *
   * @param className simple name of its class
   * @param stage its stage's name
   * @param block its letter, number or index
   * @param name how it is called: {@code "2a"}
   * @param position number of the trunk's layers before it
   * @param channels channels of its input
   * @param width channels of its stage's output
   */
  public record Use(
      String className,
      String stage,
      String block,
      String name,
      int position,
      int channels,
      int width) {}

  /** Copies the lists. */
  public NetworkPlan {
    blocks = List.copyOf(blocks);
    uses = List.copyOf(uses);
  }
}
