package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@link dev.lanewise.spec.Names}. */
final class NamesReader {
  private static final Set<String> OF_BLOCK = Set.of("stage", "block", "number", "index");
  private static final Set<String> OF_UNIT = with(OF_BLOCK, "unit");
  private static final Set<String> OF_LAYER = with(with(OF_UNIT, "serial"), NamesSpec.POSITION);
  private static final Set<String> OF_STEM = Set.of("unit");
  private static final Set<String> OF_STEM_NORM = with(OF_STEM, NamesSpec.POSITION);

  private final Problems problems;
  private final LayerNames names;
  private final Map<String, NamePattern> read = new LinkedHashMap<>();

  NamesReader(Problems problems) {
    this.problems = problems;
    this.names = new LayerNames(problems);
  }

  private static Set<String> with(Set<String> some, String other) {
    Set<String> all = new TreeSet<>(some);
    all.add(other);
    return all;
  }

  /** Reads the patterns; returns null where they tell blocks apart in more than one way. */
  NamesSpec read(Annotation annotation) {
    NamePattern conv = pattern(annotation, "conv", OF_LAYER);
    NamePattern batchNorm = pattern(annotation, "batchNorm", OF_LAYER);
    NamePattern projectionConv = optional(annotation, "projectionConv", OF_LAYER);
    NamePattern projectionBatchNorm = optional(annotation, "projectionBatchNorm", OF_LAYER);
    NamesSpec spec =
        new NamesSpec(
            conv,
            batchNorm,
            projectionConv == null ? conv : projectionConv,
            projectionBatchNorm == null ? batchNorm : projectionBatchNorm,
            optional(annotation, "activation", OF_UNIT),
            optional(annotation, "padding", OF_UNIT),
            optional(annotation, "add", OF_BLOCK),
            optional(annotation, "output", OF_BLOCK),
            pattern(annotation, "stemBatchNorm", OF_STEM_NORM),
            optional(annotation, "stemActivation", OF_STEM),
            optional(annotation, "stemPadding", OF_STEM));
    return oneCount(annotation) ? spec : null;
  }

  private NamePattern pattern(Annotation annotation, String member, Set<String> known) {
    NamePattern pattern = names.pattern(annotation, member, member + " of the names", known);
    read.put(member, pattern);
    return pattern;
  }

  private NamePattern optional(Annotation annotation, String member, Set<String> known) {
    return annotation.text(member).isEmpty() ? null : pattern(annotation, member, known);
  }

  private boolean oneCount(Annotation annotation) {
    BlockCount first = null;
    for (var entry : read.entrySet()) {
      for (BlockCount count : BlockCount.values()) {
        if (!entry.getValue().has(count.placeholder())) {
          continue;
        }
        if (first != null && first != count) {
          problems.report(
              annotation.at(entry.getKey()),
              entry.getKey() + " of the names",
              "one of {block}, {number} and {index} in all patterns",
              "{" + count.placeholder() + "} beside {" + first.placeholder() + "}");
          return false;
        }
        first = count;
      }
    }
    return true;
  }
}
