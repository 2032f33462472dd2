package dev.lanewise.processor.plan;

import java.util.List;

/** A generated class: the stem, the blocks of one shape, the tail, or the head. */
public sealed interface ClassPlan permits StemPlan, BlockPlan, TailPlan, HeadPlan {
  /** Returns the class's simple name. */
  String name();

  /** Returns the layers, in the order in which they are made. */
  List<Value.Layer> layers();

  /** Returns the passes. */
  Passes passes();
}
