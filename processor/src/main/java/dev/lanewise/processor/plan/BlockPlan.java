package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The blocks of one shape.
 *
 * @param name the class's simple name
 * @param members the blocks that the class is used for: {@code ["2b", "2c"]}
 * @param type the type that declares the block
 * @param path the units and the shortcut
 * @param addition how the addition is described; null for a block without a shortcut
 * @param initializer how the kernels start
 * @param passes the passes
 */
public record BlockPlan(
    String name,
    List<String> members,
    TypeRef type,
    ConvPath path,
    Addition addition,
    InitializerSpec initializer,
    Passes passes)
    implements ClassPlan {
  /** Copies the list. */
  public BlockPlan {
    members = List.copyOf(members);
  }

  @Override
  public List<Value.Layer> layers() {
    return path.layers();
  }

  @Override
  public Map<Value.Layer, Value.Layer> sources() {
    return path.sources();
  }

  /** Returns the placeholders, of stage and block, that the names of the layers still have. */
  public List<String> placeholders() {
    return Stream.concat(
            Stream.of("stage", NamesSpec.POSITION),
            Stream.of(BlockCount.values()).map(BlockCount::placeholder))
        .filter(placeholder -> namesHave(placeholder) || descriptionHas(placeholder))
        .toList();
  }

  private boolean namesHave(String placeholder) {
    Stream<NamePattern> ofPre = path.pre() == null ? Stream.of() : Stream.of(path.pre().name());
    Stream<NamePattern> ofGates =
        path.units().stream()
            .map(UnitPlan::gate)
            .filter(Objects::nonNull)
            .flatMap(gate -> Stream.of(gate.squeezeName(), gate.multiplyName()));
    Stream<NamePattern> ofUnits = path.allUnits().stream().flatMap(UnitPlan::names);
    Stream<NamePattern> ofPool =
        path.shortcutPool() == null ? Stream.of() : Stream.of(path.shortcutPool().name());
    return Stream.of(ofPre, ofUnits, ofGates, ofPool)
        .flatMap(patterns -> patterns)
        .anyMatch(pattern -> pattern.needs(placeholder));
  }

  /** Returns whether names that only the description knows have a placeholder. */
  public boolean descriptionHas(String placeholder) {
    Stream<NamePattern> ofUnits =
        path.allUnits().stream()
            .flatMap(unit -> Stream.of(unit.activationName(), unit.paddingName()));
    Stream<NamePattern> ofAddition =
        addition == null ? Stream.of() : Stream.of(addition.name(), addition.activationName());
    Stream<NamePattern> ofPre =
        path.pre() == null ? Stream.of() : Stream.of(path.pre().activationName());
    Stream<NamePattern> ofGates =
        path.units().stream()
            .map(UnitPlan::gate)
            .filter(Objects::nonNull)
            .map(GatePlan::reshapeName);
    return Stream.of(ofPre, ofUnits, ofAddition, ofGates)
        .flatMap(patterns -> patterns)
        .anyMatch(pattern -> pattern != null && pattern.has(placeholder));
  }
}
