package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Shortcut;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that no two layers of a network have one name. */
final class DistinctNames {
  /**
   * A layer: what it is in words, the member of the names and the pattern that name it, its place
   * in the network, and where its name is decided.
   */
  private record Layer(
      String words,
      String member,
      NamePattern pattern,
      String stage,
      String block,
      String unit,
      Place place) {}

  private final Problems problems;
  private final NamesSpec names;
  private final Annotation annotation;
  private final Map<String, Layer> layers = new HashMap<>();
  private final Set<String> blocks = new HashSet<>();
  private final Set<String> places = new HashSet<>();
  private int convs;
  private int norms;
  private int subsamplings;

  /** Layers of the trunk so far, of which {@code {position}} is the number. */
  private int positions;

  /**
   * Starts with no layers.
   *
   * @param names the patterns
   * @param annotation where they stand
   */
  DistinctNames(Problems problems, NamesSpec names, Annotation annotation) {
    this.problems = problems;
    this.names = names;
    this.annotation = annotation;
  }

  /**
   * Adds a unit of the stem or the tail.
   *
   * @param owner what has the unit: {@code "the stem"}
   */
  void unit(UnitSpec unit, String owner, Place place) {
    String name = unit.name();
    String of = "unit '" + name + "' of " + owner;
    convs++;
    add(name, new Layer(of, "", null, "", "", name, place));
    positions++;
    Map<String, String> values =
        Map.of("unit", name, NamesSpec.POSITION, String.valueOf(positions));
    if (unit.normalized()) {
      norms++;
      positions++;
      if (unit.normName().equals(name)) {
        stem("batch normalisation of " + of, "stemBatchNorm", names.stemBatchNorm(), values, place);
      } else {
        layer(unit.normName(), "batch normalisation of " + of, place);
      }
    }
    if (unit.activation() != Activation.NONE) {
      positions++;
      if (unit.activationName().equals(name)) {
        stem("activation of " + of, "stemActivation", names.stemActivation(), values, place);
      } else {
        layer(unit.activationName(), "activation of " + of, place);
      }
    }
    if (unit.window().padding() == Padding.EXPLICIT) {
      stem("padding of " + of, "stemPadding", names.stemPadding(), values, place);
    }
  }

  private void stem(
      String words, String member, NamePattern pattern, Map<String, String> values, Place place) {
    if (pattern != null) {
      add(
          pattern.with(values).text(),
          new Layer(words, member, pattern, "", "", values.get("unit"), place));
    }
  }

  /** Adds the end of the trunk. */
  void tail(TailSpec tail, Annotation at) {
    List<Annotation> units = TrunkUnits.of(at);
    for (int i = 0; i < units.size(); i++) {
      unit(tail.units().get(i), "the tail", units.get(i).at("name"));
    }
    if (!units.isEmpty()) {
      return;
    }
    layer(tail.batchNorm(), "the tail's batch normalisation", at.at("batchNorm"));
    if (!tail.activation().isEmpty()) {
      layer(tail.activation(), "the tail's activation", at.at("activation"));
    }
  }

  /** Adds a layer whose name no pattern makes. */
  void layer(String name, String words, Place place) {
    add(name, new Layer(words, "", null, "", "", "", place));
  }

  /** Counts a pooling of the trunk. */
  void countPool() {
    positions++;
  }

  /** Adds the dropout of a number, which Keras's numbers name. */
  void dropout(int number, String before, Place place) {
    layer("dropout_" + number, "the dropout in front of " + before, place);
  }

  /** Adds all blocks of a stage. */
  void stage(ReadStage stage) {
    var spec = stage.spec();
    Place place =
        stage.annotation().at(stage.annotation().given("firstBlock") ? "firstBlock" : "name");
    if (!distinctBlocks(stage, place)) {
      return;
    }
    for (int i = 0; i < spec.repeat(); i++) {
      BlockSpec block = spec.block();
      PreActivationSpec before = block.preActivation();
      if (before != null) {
        norms++;
        positions++;
        layer(spec, i, before.name(), "batch normalisation", "batchNorm", names.batchNorm(), place);
      }
      if (before != null && before.function() != Activation.NONE) {
        positions++;
        String name = before.activationName();
        layer(spec, i, name, "activation", "activation", names.activation(), place);
      }
      for (UnitSpec unit : block.units()) {
        unit(spec, i, unit, "conv", "batchNorm", place);
      }
      if (block.pooling(spec.strideOf(i)) != null) {
        String pool = block.projectionPool();
        layer(spec, i, pool, "pooling", "conv", names.conv(), place);
      }
      if (block.projection() != null) {
        unit(
            spec,
            i,
            block.projection(),
            annotation.given("projectionConv") ? "projectionConv" : "conv",
            annotation.given("projectionBatchNorm") ? "projectionBatchNorm" : "batchNorm",
            place);
      }
      if (block.shortcut() == Shortcut.PROJECTION_IF_CHANNELS_CHANGE
          && block.subsampling(spec.strideOf(i)) != null) {
        subsamplings++;
        layer("max_pooling2d_" + subsamplings, "the shortcut of block " + spec.nameOf(i), place);
      }
      if (block.shortcut() == Shortcut.IDENTITY_IF_SHAPE_STAYS
          && block.activation() != Activation.NONE) {
        String last = block.last().activationName();
        layer(spec, i, last, "activation", "activation", names.activation(), place);
      }
      if (block.shortcut() != Shortcut.NONE) {
        String join = block.concatenates() ? "concatenation" : "addition";
        layer(spec, i, "", join, "add", names.add(), place);
        if (block.activation() != Activation.NONE) {
          layer(spec, i, "", "activation at the end", "output", names.output(), place);
        }
      }
    }
  }

  /** Checks that the names of a stage's blocks are its own. */
  private boolean distinctBlocks(ReadStage stage, Place place) {
    StageSpec spec = stage.spec();
    boolean distinct = true;
    String again = "";
    for (int i = 0; i < spec.repeat() && distinct; i++) {
      again = spec.block(i);
      distinct = blocks.add(spec.nameOf(i));
    }
    if (!distinct && stage.annotation().given("firstBlock")) {
      problems.report(
          place,
          "blocks of stage '" + spec.name() + "'",
          "letters that no other stage of this name has",
          "'" + again + "' again");
    } else if (!distinct) {
      problems.report(
          place,
          "name of a stage",
          spec.count() == BlockCount.LETTER
              ? "a name that no other stage has, or a firstBlock after the other stage's blocks"
              : "a name that no other stage has",
          "'" + spec.name() + "' again");
    }
    return distinct;
  }

  private void unit(
      StageSpec stage, int block, UnitSpec unit, String conv, String batchNorm, Place place) {
    boolean projection = unit.equals(stage.block().projection());
    convs++;
    layer(
        stage,
        block,
        unit.name(),
        "",
        conv,
        projection ? names.projectionConv() : names.conv(),
        place);
    if (unit.gate() != null) {
      for (String name : List.of(unit.gate().reduce(), unit.gate().expand())) {
        convs++;
        layer(stage, block, name, "", conv, names.conv(), place);
      }
    }
    positions++;
    if (unit.normalized()) {
      norms++;
      layer(
          stage,
          block,
          unit.normName(),
          "batch normalisation",
          batchNorm,
          projection ? names.projectionBatchNorm() : names.batchNorm(),
          place);
      positions++;
    }
    if (unit.activation() != Activation.NONE) {
      positions++;
      layer(
          stage,
          block,
          unit.activationName(),
          "activation",
          "activation",
          names.activation(),
          place);
    }
    if (unit.window().padding() == Padding.EXPLICIT) {
      layer(stage, block, unit.name(), "padding", "padding", names.padding(), place);
    }
  }

  private void layer(
      StageSpec stage,
      int block,
      String unit,
      String what,
      String member,
      NamePattern pattern,
      Place place) {
    if (pattern == null) {
      return;
    }
    String counted = stage.block(block);
    Map<String, String> values =
        Map.of(
            "stage",
            stage.nameIn(block),
            stage.count().placeholder(),
            counted,
            "unit",
            unit,
            "serial",
            String.valueOf(what.isEmpty() ? convs : norms),
            NamesSpec.POSITION,
            String.valueOf(positions));
    String words =
        (what.isEmpty() ? "" : what + " of ")
            + (unit.isEmpty() ? "" : "unit '" + unit + "' of ")
            + "block "
            + stage.nameOf(block);
    add(
        pattern.with(values).text(),
        new Layer(words, member, pattern, stage.nameIn(block), counted, unit, place));
  }

  /** Checks the dense layer, whose name may depend on the number of classes. */
  void dense(NamePattern pattern, Place place) {
    StringBuilder regex = new StringBuilder();
    for (NamePattern.Part part : pattern.parts()) {
      regex.append(part.placeholder() ? "[1-9][0-9]*" : Pattern.quote(part.text()));
    }
    Pattern possible = Pattern.compile(regex.toString());
    layers.keySet().stream()
        .sorted()
        .filter(name -> possible.matcher(name).matches())
        .findFirst()
        .ifPresent(name -> add(name, new Layer("the dense layer", "", null, "", "", "", place)));
  }

  private void add(String name, Layer layer) {
    Layer first = layers.putIfAbsent(name, layer);
    if (first == null) {
      return;
    }
    Place place = layer.place();
    String missing = missing(first, layer);
    boolean onePattern = !layer.member().isEmpty() && layer.member().equals(first.member());
    boolean twoPatterns = !onePattern && !layer.member().isEmpty() && !first.member().isEmpty();
    if (onePattern && !missing.isEmpty() || twoPatterns) {
      boolean given = onePattern || annotation.given(layer.member());
      place = annotation.at(given ? layer.member() : first.member());
    }
    // One pattern can make many names equal; the first says enough.
    if (places.add(place.key())) {
      problems.report(
          place,
          "names of layers",
          "names that differ" + (onePattern ? missing : ""),
          "'" + name + "' for " + first.words() + " and for " + layer.words());
    }
  }

  /** Returns which placeholder would tell two layers of one pattern apart. */
  private String missing(Layer a, Layer b) {
    NamePattern pattern = b.pattern();
    if (pattern == null || pattern.has("serial") || pattern.has(NamesSpec.POSITION)) {
      return "";
    }
    String block = names.count().placeholder();
    if (!a.stage().equals(b.stage()) && !pattern.has("stage")) {
      return ", by {stage} in the pattern";
    }
    if (!a.block().equals(b.block()) && !pattern.has(block)) {
      boolean counts = block.equals(StageSpec.NUMBER);
      return ", by {" + block + "} in the pattern" + (counts ? " or the stage's name" : "");
    }
    return !a.unit().equals(b.unit()) && !pattern.has("unit") ? ", by {unit} in the pattern" : "";
  }
}
