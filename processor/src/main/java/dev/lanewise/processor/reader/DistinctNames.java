package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.UnitSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that no two layers of a network have one name. */
final class DistinctNames {
  /** A layer: what it is in words, its place in the network, and where its name is decided. */
  private record Layer(
      String words, String member, String stage, String block, String unit, Place place) {}

  private final Problems problems;
  private final NamesSpec names;
  private final Annotation annotation;
  private final Map<String, Layer> layers = new HashMap<>();
  private final Set<String> places = new HashSet<>();

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

  /** Adds a unit of the stem. */
  void stem(UnitSpec unit, Place place) {
    String name = unit.name();
    add(name, new Layer("unit '" + name + "' of the stem", "", "", "", name, place));
    add(
        names.stemBatchNorm().with(Map.of("unit", name)).text(),
        new Layer(
            "batch normalisation of unit '" + name + "' of the stem",
            "stemBatchNorm",
            "",
            "",
            name,
            place));
  }

  /** Adds a pooling. */
  void pool(String name, String words, Place place) {
    add(name, new Layer(words, "", "", "", "", place));
  }

  /** Adds all blocks of a stage. */
  void stage(ReadStage stage) {
    var spec = stage.spec();
    List<UnitSpec> units = new ArrayList<>(spec.block().units());
    if (spec.block().projection() != null) {
      units.add(spec.block().projection());
    }
    String member = stage.annotation().given("firstBlock") ? "firstBlock" : "name";
    Place place = stage.annotation().at(member);
    for (int i = 0; i < spec.repeat(); i++) {
      String letter = spec.letter(i);
      for (UnitSpec unit : units) {
        Map<String, String> values =
            Map.of("stage", spec.name(), "block", letter, "unit", unit.name());
        String of = "unit '" + unit.name() + "' of block " + spec.name() + letter;
        add(
            names.conv().with(values).text(),
            new Layer(of, "conv", spec.name(), letter, unit.name(), place));
        add(
            names.batchNorm().with(values).text(),
            new Layer(
                "batch normalisation of " + of,
                "batchNorm",
                spec.name(),
                letter,
                unit.name(),
                place));
      }
    }
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
        .ifPresent(name -> add(name, new Layer("the dense layer", "", "", "", "", place)));
  }

  private void add(String name, Layer layer) {
    Layer first = layers.putIfAbsent(name, layer);
    if (first == null) {
      return;
    }
    Place place = layer.place();
    boolean sameBlock =
        !layer.stage().isEmpty()
            && layer.stage().equals(first.stage())
            && layer.block().equals(first.block());
    if (sameBlock && !place.key().equals(first.place().key())) {
      if (places.add(place.key())) {
        problems.report(
            place,
            "blocks of stage '" + layer.stage() + "'",
            "letters that no other stage of this name has",
            "'" + layer.block() + "' again");
      }
      return;
    }
    String missing = missing(first, layer);
    boolean onePattern = !layer.member().isEmpty() && layer.member().equals(first.member());
    boolean convAndNorm =
        layer.member().equals("batchNorm") && first.member().equals("conv")
            || layer.member().equals("conv") && first.member().equals("batchNorm");
    if (onePattern && !missing.isEmpty() || convAndNorm) {
      place = annotation.at(convAndNorm ? "batchNorm" : layer.member());
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
    NamePattern pattern =
        switch (b.member()) {
          case "conv" -> names.conv();
          case "batchNorm" -> names.batchNorm();
          case "stemBatchNorm" -> names.stemBatchNorm();
          default -> null;
        };
    if (pattern == null) {
      return "";
    }
    if (!a.stage().equals(b.stage()) && !pattern.has("stage")) {
      return ", by {stage} in the pattern";
    }
    if (!a.block().equals(b.block()) && !pattern.has("block")) {
      return ", by {block} in the pattern";
    }
    return !a.unit().equals(b.unit()) && !pattern.has("unit") ? ", by {unit} in the pattern" : "";
  }
}
