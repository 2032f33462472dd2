package dev.lanewise.processor.plan;

import java.util.List;
import java.util.Map;

/** A generated class: the stem, the blocks of one shape, the tail, or the head. */
public sealed interface ClassPlan permits UnitsPlan, BlockPlan, TailPlan, HeadPlan {
  /** Returns the simple name of the class: {@code "ResNet50Block2a"}. */
  String name();

  /** Returns the layers, in the order in which they are made. */
  List<Value.Layer> layers();

  /** Returns for each layer the one whose result it reads; none for those that read the input. */
  Map<Value.Layer, Value.Layer> sources();

  /** Returns its training, its inference, and when what they use lives. */
  Passes passes();
}
