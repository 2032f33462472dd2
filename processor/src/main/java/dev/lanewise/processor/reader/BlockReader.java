package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads the types that declare blocks, each once in a round. */
public final class BlockReader {
  private static final String BEFORE_ADDITION = "the block's activation follows the addition";

  private final Elements elements;
  private final Problems problems;
  private final UnitReader units;
  private final StrideCheck strides;
  private final PartReader parts;
  private final LayerNames names;
  private final TypeCheck types;
  private final Map<String, ReadBlock> known = new HashMap<>();

  /** Starts a round. */
  public BlockReader(Elements elements, Problems problems) {
    this.elements = elements;
    this.problems = problems;
    this.units = new UnitReader(problems);
    this.strides = new StrideCheck(problems);
    this.parts = new PartReader(problems);
    this.names = new LayerNames(problems);
    this.types = new TypeCheck(problems);
  }

  /**
   * Reports the mistakes of a type, where it carries {@link Block}.
   *
   * @throws UnreadableException where a value cannot be read
   */
  public void check(TypeElement type) {
    read(type);
  }

  /** Returns a block, or null where the type is none. */
  ReadBlock read(TypeElement type) {
    Annotation block = Annotation.on(type, Block.class);
    if (block == null) {
      return null;
    }
    String name = type.getQualifiedName().toString();
    ReadBlock read = known.get(name);
    if (read == null) {
      read = read(type, block);
      known.put(name, read);
    }
    return read;
  }

  private ReadBlock read(TypeElement type, Annotation block) {
    int before = problems.count();
    types.check(type, "block " + type.getSimpleName());
    Shortcut shortcut = block.choice("shortcut", Shortcut.class);
    Activation activation = block.choice("activation", Activation.class);
    PreActivationSpec preActivation = preActivation(type, block, shortcut);
    boolean preActivated = preActivation != null;
    InitializerSpec initializer = parts.initializer(block.annotation("initializer"), true);
    List<Annotation> annotations = Annotation.allOn(type, ConvBn.class);
    if (annotations.isEmpty()) {
      problems.report(
          block.place(), "block " + type.getSimpleName(), "at least one @ConvBn", "none");
    }
    List<UnitSpec> specs = new ArrayList<>();
    for (int i = 0; i < annotations.size(); i++) {
      boolean last = i == annotations.size() - 1;
      if (last && preActivated && shortcut != Shortcut.NONE) {
        units.requireNoNorm(annotations.get(i));
      }
      if (last && shortcut == Shortcut.CONCATENATION) {
        String why = "its channels are put beside those of the block's input";
        units.requireNoGate(annotations.get(i), why);
        units.requireOwnFilters(annotations.get(i), why);
      }
      if (last && shortcut == Shortcut.NONE) {
        units.requireNoGate(annotations.get(i), "no unit of the block reads what it multiplies");
      }
      specs.add(units.ofBlock(annotations.get(i), last ? beforeJoin(shortcut) : ""));
    }
    Annotation projection = block.annotation("projection");
    UnitSpec projectionSpec = projection(type, block, projection, shortcut);
    projectionPool(type, block, projectionSpec);
    if (preActivated && projectionSpec != null) {
      units.requireNoNorm(projection);
    }
    if (block.given("shortcutFirst")
        && (shortcut == Shortcut.NONE || shortcut == Shortcut.CONCATENATION)) {
      problems.report(
          block.at("shortcutFirst"),
          "shortcutFirst of block " + type.getSimpleName(),
          "an addition with it",
          "Shortcut." + shortcut);
    }
    if (shortcut == Shortcut.NONE && block.given("activation")) {
      problems.report(
          block.at("activation"),
          "activation of block " + type.getSimpleName(),
          "none, as without a shortcut the last unit's own activation ends the block",
          activation);
    }
    if (preActivated) {
      if (block.given("activation") && activation != Activation.NONE && shortcut != Shortcut.NONE) {
        problems.report(
            block.at("activation"),
            "activation of block " + type.getSimpleName(),
            "NONE, as the block above activates what it reads",
            activation);
      }
      activation = Activation.NONE;
    }
    distinctNames(block, annotations, block.given("projection") ? projection : null);

    BlockSpec spec = null;
    if (problems.count() == before) {
      spec =
          new BlockSpec(
              ref(type),
              preActivation,
              specs,
              shortcut,
              projectionSpec,
              block.text("projectionPool"),
              block.flag("shortcutFirst"),
              activation,
              initializer);
      strides.check(spec, type.getSimpleName().toString(), annotations, block);
      channels(spec, projection);
      filtersWithoutGap(spec, annotations, projection);
    }
    return new ReadBlock(
        problems.count() == before ? spec : null,
        type,
        Source.has(elements, type),
        annotations,
        projection);
  }

  private PreActivationSpec preActivation(TypeElement type, Annotation block, Shortcut shortcut) {
    String name = block.text("preActivation");
    if (name.isEmpty()) {
      for (String member : List.of("preActivationFunction", "preActivationName")) {
        if (block.given(member)) {
          problems.report(
              block.at(member),
              member + " of block " + type.getSimpleName(),
              "preActivation with it",
              "none");
        }
      }
      if (shortcut == Shortcut.CONCATENATION) {
        problems.report(
            block.at("shortcut"),
            "shortcut of block " + type.getSimpleName(),
            "preActivation with Shortcut.CONCATENATION, as what it puts side by side is normalised"
                + " when it is read",
            "none");
      }
      return null;
    }
    names.check(block.at("preActivation"), "preActivation of a block", name);
    String activation = block.text("preActivationName");
    if (!activation.isEmpty()) {
      names.check(block.at("preActivationName"), "preActivationName of a block", activation);
    }
    return new PreActivationSpec(
        name,
        activation.isEmpty() ? name : activation,
        block.choice("preActivationFunction", Activation.class));
  }

  private UnitSpec projection(
      TypeElement type, Annotation block, Annotation projection, Shortcut shortcut) {
    boolean given = block.given("projection");
    boolean required =
        switch (shortcut) {
          case NONE, IDENTITY, IDENTITY_IF_SHAPE_STAYS, CONCATENATION -> false;
          case PROJECTION, PROJECTION_IF_SHAPE_CHANGES, PROJECTION_IF_CHANNELS_CHANGE -> true;
        };
    if (given && !required) {
      problems.report(
          block.at("projection"),
          "projection of block " + type.getSimpleName(),
          "none with Shortcut." + shortcut,
          "one");
    }
    if (!given && required) {
      problems.report(
          block.at("shortcut"),
          "shortcut of block " + type.getSimpleName(),
          "projection = @ConvBn(...) with Shortcut." + shortcut,
          "no projection");
    }
    if (given) {
      units.requireNoGate(projection, "it stands on the shortcut");
    }
    UnitSpec unit = given ? units.ofBlock(projection, BEFORE_ADDITION) : null;
    return required ? unit : null;
  }

  private void projectionPool(TypeElement type, Annotation block, UnitSpec projection) {
    String name = block.text("projectionPool");
    if (name.isEmpty()) {
      return;
    }
    names.check(block.at("projectionPool"), "projectionPool of a block", name);
    if (projection == null && !block.given("projection")) {
      problems.report(
          block.at("projectionPool"),
          "projectionPool of block " + type.getSimpleName(),
          "a projection with it",
          "none");
    }
  }

  /** Returns why a unit has no activation of its own in front of a join; empty where it may. */
  private static String beforeJoin(Shortcut shortcut) {
    return switch (shortcut) {
      case NONE -> "";
      case CONCATENATION -> "the blocks that read its channels activate them";
      default -> BEFORE_ADDITION;
    };
  }

  private void distinctNames(
      Annotation block, List<Annotation> annotations, Annotation projection) {
    Set<String> names = new HashSet<>();
    if (!block.text("preActivation").isEmpty()) {
      names.add(block.text("preActivation"));
    }
    if (!block.text("projectionPool").isEmpty()) {
      distinct(block.text("projectionPool"), block.at("projectionPool"), names);
    }
    List<Annotation> all = new ArrayList<>(annotations);
    if (projection != null) {
      all.add(projection);
    }
    for (Annotation unit : all) {
      String name = unit.text("name");
      distinct(name, unit.at("name"), names);
      if (unit.given("gate")) {
        Annotation gate = unit.annotation("gate");
        for (String member : List.of("reduce", "expand", "squeeze", "reshape", "multiply")) {
          if (!gate.text(member).isEmpty()) {
            distinct(gate.text(member), gate.at(member), names);
          }
        }
      }
    }
  }

  private void distinct(String name, Place place, Set<String> names) {
    if (!names.add(name)) {
      problems.report(place, "name of a unit", "names that differ", "'" + name + "' again");
    }
  }

  /** Checks channels that no stage can change. */
  private void channels(BlockSpec spec, Annotation projection) {
    UnitSpec shortcut = spec.projection();
    UnitSpec last = spec.last();
    if (shortcut != null
        && shortcut.fixed()
        && last.fixed()
        && shortcut.filters() != last.filters()) {
      problems.report(
          projection.at("filters"),
          "filters of unit '" + shortcut.name() + "'",
          last.filters() + ", which unit '" + last.name() + "' has and the addition needs",
          shortcut.filters());
    }
  }

  /** Checks that the units take a stage's numbers from the first on, and none is left over. */
  private void filtersWithoutGap(BlockSpec spec, List<Annotation> units, Annotation projection) {
    List<UnitSpec> all = spec.allUnits();
    List<Annotation> annotations = new ArrayList<>(units);
    annotations.add(projection);
    Set<Integer> taken = new HashSet<>();
    all.forEach(unit -> taken.add(unit.filtersAt()));
    int free = 0;
    while (taken.contains(free)) {
      free++;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).filtersAt() > free) {
        problems.report(
            annotations.get(i).at("filtersAt"),
            "filtersAt of unit '" + all.get(i).name() + "'",
            "at most " + free + ", as no unit of the block takes filters[" + free + "]",
            all.get(i).filtersAt());
      }
    }
  }

  private TypeRef ref(TypeElement type) {
    String packageName = elements.getPackageOf(type).getQualifiedName().toString();
    String name = type.getQualifiedName().toString();
    return new TypeRef(
        packageName, packageName.isEmpty() ? name : name.substring(packageName.length() + 1));
  }
}
