package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A generated class: the stem, the blocks of one shape, or the head.
 *
 * @param role which of the three
 * @param name the class's simple name
 * @param members what the class is used for: {@code ["2b", "2c"]}; empty but for blocks
 * @param blockType the type that declares the block; null but for blocks
 * @param ic channels of the input
 * @param pre the normalisation of the input; null for none
 * @param units the units, in order; empty for the tail and the head
 * @param shortcut NONE, IDENTITY or PROJECTION
 * @param projection the unit on the shortcut; null where there is none
 * @param subsampling 1x1 window of the strides that the identity takes; null for none
 * @param addition how the addition is described; null but for blocks with a shortcut
 * @param activation what follows the last unit and the addition
 * @param pool the pooling at the end of the stem or the start of the head
 * @param dense the dense layer's name; null but for the head
 * @param initializer how the kernels start
 * @param forward training's forward pass
 * @param backward the backward pass
 * @param inference inference's forward pass
 */
public record ClassPlan(
    Role role,
    String name,
    List<String> members,
    TypeRef blockType,
    int ic,
    NormPlan pre,
    List<UnitPlan> units,
    Shortcut shortcut,
    UnitPlan projection,
    Window subsampling,
    Addition addition,
    Activation activation,
    PoolSpec pool,
    NamePattern dense,
    InitializerSpec initializer,
    Pass forward,
    Pass backward,
    Pass inference) {
  /** What a class is in its network. */
  public enum Role {
    /** What comes before the stages; makes no gradient of its input. */
    STEM,
    /** A block of a stage. */
    BLOCK,
    /** A normalisation between stages and head. */
    TAIL,
    /** What follows the stages. */
    HEAD
  }

  /** Copies the lists. */
  public ClassPlan {
    members = List.copyOf(members);
    units = List.copyOf(units);
  }

  /** Returns the last unit. */
  public UnitPlan last() {
    return units.get(units.size() - 1);
  }

  /** Returns all units: those in order, and the projection. */
  public List<UnitPlan> allUnits() {
    List<UnitPlan> all = new ArrayList<>(units);
    if (projection != null) {
      all.add(projection);
    }
    return all;
  }

  /** Returns the placeholders, of stage and block, that the names of the layers still have. */
  public List<String> placeholders() {
    return Stream.concat(
            Stream.of("stage"), Stream.of(BlockCount.values()).map(BlockCount::placeholder))
        .filter(placeholder -> namesHave(placeholder) || descriptionHas(placeholder))
        .toList();
  }

  private boolean namesHave(String placeholder) {
    Stream<NamePattern> ofPre = pre == null ? Stream.of() : Stream.of(pre.name());
    return Stream.concat(ofPre, allUnits().stream().flatMap(UnitPlan::names))
        .anyMatch(pattern -> pattern.has(placeholder));
  }

  /** Returns whether names that only the description knows have a placeholder. */
  public boolean descriptionHas(String placeholder) {
    Stream<NamePattern> ofUnits =
        allUnits().stream().flatMap(unit -> Stream.of(unit.activationName(), unit.paddingName()));
    Stream<NamePattern> ofAddition =
        addition == null ? Stream.of() : Stream.of(addition.name(), addition.activationName());
    Stream<NamePattern> ofPre = pre == null ? Stream.of() : Stream.of(pre.activationName());
    return Stream.of(ofPre, ofUnits, ofAddition)
        .flatMap(patterns -> patterns)
        .anyMatch(pattern -> pattern != null && pattern.has(placeholder));
  }

  /** Returns whether the class ends in a join, which has sums of its own. */
  public boolean joins() {
    return forward.uses("join");
  }
}
