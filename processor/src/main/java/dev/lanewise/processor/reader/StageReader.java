package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.BlockSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.StageNumbers;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Reads one {@link dev.lanewise.spec.Stage}. */
final class StageReader {
  private final Problems problems;
  private final BlockReader blocks;
  private final PartReader parts;
  private final LayerNames names;

  /** Makes a reader whose parts count the network's unnamed pools. */
  StageReader(Problems problems, BlockReader blocks, PartReader parts) {
    this.problems = problems;
    this.blocks = blocks;
    this.parts = parts;
    this.names = new LayerNames(problems);
  }

  /**
   * Reads a stage; returns null where there are mistakes.
   *
   * @param count how the network's names tell blocks apart
   * @param blocksBefore number of blocks in the stages before
   */
  ReadStage read(Annotation annotation, BlockCount count, int blocksBefore) {
    int before = problems.count();
    String name = annotation.text("name");
    String subject = "stage '" + name + "'";
    names.pattern(
        annotation,
        "name",
        "name of a stage",
        Set.of(StageSpec.NUMBER, StageSpec.ORDINAL, StageSpec.BEFORE));
    int repeat = annotation.number("repeat");
    int stride = annotation.number("stride");
    within(annotation, "repeat", subject, repeat, Limits.BLOCKS);
    within(annotation, "stride", subject, stride, Limits.EXTENT);
    if (count == BlockCount.LETTER) {
      letters(annotation, subject, annotation.letter("firstBlock"), repeat);
    } else if (annotation.given("firstBlock")) {
      problems.report(
          annotation.at("firstBlock"),
          "firstBlock of " + subject,
          "{block} in the names with it",
          "names without letters of blocks");
    }
    List<Integer> filters = annotation.numbers("filters");
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i) <= 0) {
        problems.report(
            annotation.at("filters", i),
            "filters of " + subject,
            "positive numbers",
            filters.get(i));
      }
    }

    PoolSpec pool = pool(annotation, subject);

    ReadBlock block = block(annotation, subject);
    if (block == null || block.spec() == null) {
      return null;
    }
    if (block.spec().concatenates() && pool.kind() != Pool.Kind.NONE) {
      problems.report(
          annotation.at("pool"),
          "pool of " + subject,
          "none, as "
              + block.type().getSimpleName()
              + " concatenates; the next stage may pool what it makes of the channels",
          "one");
    }
    filters(annotation, subject, block.spec(), filters.size());
    List<UnitSpec> units = block.spec().allUnits();
    taken(annotation, subject, "kernel", "Kernel", block, units, UnitSpec::kernelOfStage);
    taken(annotation, subject, "expansion", "Expansion", block, units, UnitSpec::expansionOfStage);
    kernel(annotation, subject, units);
    if (stride > 1 && !block.spec().takesStride()) {
      problems.report(
          annotation.at("stride"),
          "stride of " + subject,
          "1, as no unit of " + block.type().getSimpleName() + " has stride = Stride.OF_BLOCK",
          stride);
    }
    if (problems.count() > before) {
      return null;
    }
    if (stride == 1 && annotation.given("strideAt")) {
      problems.warn(
          annotation.at("strideAt"), "strideAt of " + subject, "has no effect, as the stride is 1");
    }
    StageSpec spec =
        new StageSpec(
            name,
            block.spec(),
            new StageNumbers(filters, annotation.number("kernel"), annotation.number("expansion")),
            repeat,
            stride,
            annotation.choice("strideAt", Stage.StrideAt.class),
            pool,
            annotation.letter("firstBlock"),
            count,
            blocksBefore);
    return new ReadStage(spec, annotation, block);
  }

  private PoolSpec pool(Annotation annotation, String subject) {
    Annotation pool = annotation.annotation("pool");
    PoolSpec spec = parts.pool(pool, subject);
    if (spec.kind() == Pool.Kind.GLOBAL_AVERAGE) {
      problems.report(
          pool.at("value"),
          "pool of " + subject,
          "MAX or AVERAGE, as what follows a stage reads a map",
          spec.kind());
    }
    return spec;
  }

  private ReadBlock block(Annotation annotation, String subject) {
    if (!annotation.given("block")) {
      problems.report(
          annotation.place(), "block of " + subject, "block = a type with @Block", "none");
      return null;
    }
    TypeMirror type = annotation.type("block");
    ReadBlock block = null;
    String got = type.toString();
    if (type instanceof DeclaredType declared) {
      block = blocks.read((TypeElement) declared.asElement());
      got = declared.asElement().getSimpleName().toString();
    }
    if (block == null) {
      problems.report(
          annotation.at("block"), "block of " + subject, "a type with @Block", got + " without it");
    }
    return block;
  }

  private void within(Annotation annotation, String member, String subject, int got, int most) {
    if (got <= 0) {
      problems.report(annotation.at(member), member + " of " + subject, "a positive number", got);
    } else if (got > most) {
      problems.report(annotation.at(member), member + " of " + subject, "at most " + most, got);
    }
  }

  /** Checks that a number is given where, and only where, a unit of the block takes it. */
  private void taken(
      Annotation annotation,
      String subject,
      String member,
      String constants,
      ReadBlock block,
      List<UnitSpec> units,
      Predicate<UnitSpec> takes) {
    String name = block.type().getSimpleName().toString();
    Optional<UnitSpec> taker = units.stream().filter(takes).findFirst();
    if (annotation.given(member)) {
      within(annotation, member, subject, annotation.number(member), Limits.EXTENT);
      if (taker.isEmpty()) {
        problems.report(
            annotation.at(member),
            member + " of " + subject,
            "none, as no unit of " + name + " has " + member + " = " + constants + ".OF_STAGE",
            annotation.number(member));
      }
    } else if (taker.isPresent()) {
      problems.report(
          annotation.at("block"),
          member + " of " + subject,
          "a number, as unit '"
              + taker.get().name()
              + "' of "
              + name
              + " has "
              + member
              + " = "
              + constants
              + ".OF_STAGE",
          "none");
    }
  }

  /** Checks what a kernel covers in units that spread it. */
  private void kernel(Annotation annotation, String subject, List<UnitSpec> units) {
    int kernel = annotation.number("kernel");
    for (UnitSpec unit : units) {
      long covered = (kernel - 1L) * Math.max(unit.window().dh(), unit.window().dw()) + 1;
      if (unit.kernelOfStage() && kernel <= Limits.EXTENT && covered > Limits.EXTENT) {
        problems.report(
            annotation.at("kernel"),
            "kernel of " + subject,
            "at most "
                + Limits.EXTENT
                + " pixels from its first to its last, by the dilation of unit '"
                + unit.name()
                + "'",
            covered);
      }
    }
  }

  private void letters(Annotation annotation, String subject, char first, int repeat) {
    char end = first >= 'a' && first <= 'z' ? 'z' : first >= 'A' && first <= 'Z' ? 'Z' : '9';
    if (end == '9' && !(first >= '0' && first <= '9')) {
      problems.report(
          annotation.at("firstBlock"),
          "firstBlock of " + subject,
          "a letter or a digit",
          "'" + first + "'");
    } else if (first + repeat - 1 > end) {
      problems.report(
          annotation.at("repeat"),
          "repeat of " + subject,
          "at most "
              + (end - first + 1)
              + ", as blocks are named from '"
              + first
              + "' to '"
              + end
              + "'",
          repeat);
    }
  }

  private void filters(Annotation annotation, String subject, BlockSpec block, int given) {
    List<UnitSpec> units = block.allUnits();
    boolean[] used = new boolean[given];
    UnitSpec outside = null;
    for (UnitSpec unit : units) {
      if (unit.filtersAt() >= given) {
        outside = outside == null || unit.filtersAt() > outside.filtersAt() ? unit : outside;
      } else if (unit.filtersAt() >= 0) {
        used[unit.filtersAt()] = true;
      }
    }
    if (outside != null) {
      int required = outside.filtersAt() + 1;
      problems.report(
          annotation.at(annotation.given("filters") ? "filters" : "block"),
          "filters of " + subject,
          required
              + (required == 1 ? " number" : " numbers")
              + ", as unit '"
              + outside.name()
              + "' of "
              + block.type().name()
              + " takes filters["
              + outside.filtersAt()
              + "]",
          given);
      return;
    }
    for (int i = 0; i < given; i++) {
      if (!used[i]) {
        problems.report(
            annotation.at("filters", i),
            "filters of " + subject,
            "only numbers that a unit of " + block.type().name() + " takes",
            "filters[" + i + "], which none does");
      }
    }
  }
}
