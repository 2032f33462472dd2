package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BatchNormSpec;
import dev.lanewise.processor.spec.BlockCount;
import dev.lanewise.processor.spec.DenseSpec;
import dev.lanewise.processor.spec.HeadSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.NetworkSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.StemSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.spec.Stem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads one network. */
public final class NetworkReader {
  private final Elements elements;
  private final Problems problems;
  private final UnitReader units;
  private final PartReader parts;
  private final StageReader stageReader;
  private final BlockReader blocks;
  private UnreadableException unreadable;

  /** Makes a reader for one network. */
  public NetworkReader(Elements elements, Problems problems, BlockReader blocks) {
    this.elements = elements;
    this.problems = problems;
    this.units = new UnitReader(problems);
    this.parts = new PartReader(problems);
    this.blocks = blocks;
    this.stageReader = new StageReader(problems, blocks, parts);
  }

  /**
   * Returns a network; or null where the type declares none, or there are mistakes, all of which
   * have been reported.
   *
   * @throws UnreadableException where a value cannot be read; the readable ones have been checked
   */
  public ReadNetwork read(TypeElement type) {
    if (Annotation.on(type, Network.class) == null) {
      return null;
    }
    if (isNested(type)) {
      problems.report(
          Place.of(type),
          "network " + type.getSimpleName(),
          "a type of its own file",
          "a nested type");
    }
    // A nested network is read all the same: without its class, javac would complain of each use.
    int before = problems.count();
    check(type);
    Declaration declaration = new DeclarationReader(elements, problems).read(type);
    if (declaration == null || !soundModel(declaration)) {
      return null;
    }
    Annotation network = declaration.network();
    BatchNormSpec batchNorm = part(() -> parts.batchNorm(network.annotation("batchNorm")));
    InitializerSpec initializer =
        part(() -> parts.initializer(network.annotation("initializer"), false));
    int beforeNames = problems.count();
    NamesSpec names = part(() -> new NamesReader(problems).read(network.annotation("names")));
    boolean usable = names != null && problems.count() == beforeNames;
    int channels = part(() -> channels(network));

    Annotation stem = required(type, network, declaration.stem(), Stem.class);
    StemSpec stemSpec = stem == null ? null : part(() -> stem(stem));
    if (declaration.stages().isEmpty()) {
      problems.report(
          network.place(), "network " + type.getSimpleName(), "at least one @Stage", "none");
    }
    List<ReadStage> stages = new ArrayList<>();
    BlockCount count = names == null ? BlockCount.LETTER : names.count();
    int blocksBefore = 0;
    for (Annotation stage : declaration.stages()) {
      int first = blocksBefore;
      stages.add(part(() -> stageReader.read(stage, count, first)));
      blocksBefore += Math.clamp(stage.number("repeat"), 0, Limits.BLOCKS);
    }
    blocks(stages);
    if (names != null && names.hasPositions()) {
      row(stages);
    }
    Annotation tail = declaration.tail();
    TailSpec tailSpec = tail == null ? null : part(() -> tail(tail));
    Annotation head = required(type, network, declaration.head(), Head.class);
    HeadSpec headSpec = head == null ? null : part(() -> head(head));

    int stemChannels = stemSpec == null ? JoinCheck.UNKNOWN : stemSpec.channels(channels);
    new JoinCheck(problems).check(stemChannels, stages);
    if (usable) {
      Annotation at = network.annotation("names");
      DistinctNames distinct = new DistinctNames(problems, names, at);
      if (tailSpec != null) {
        distinct.tail(tailSpec, tail);
      }
      distinct(distinct, stem, stemSpec, stages, head, headSpec);
    }
    if (problems.count() == before && unreadable == null && !stages.contains(null)) {
      UnitWalk walk =
          new UnitWalk(
              channels,
              stemSpec,
              TrunkUnits.of(stem),
              stages,
              tailSpec,
              tailSpec == null ? List.of() : TrunkUnits.of(tail));
      new ParameterCheck(problems).check(walk);
      if (problems.count() == before) {
        new GroupCheck(problems).check(walk);
      }
    }
    if (unreadable != null) {
      throw unreadable;
    }
    // A stage is missing, too, where its block's mistakes were reported before.
    if (problems.count() > before || stages.contains(null)) {
      return null;
    }
    Map<TypeRef, TypeElement> blockTypes = new LinkedHashMap<>();
    stages.forEach(stage -> blockTypes.put(stage.spec().block().type(), stage.block().type()));
    return new ReadNetwork(
        new NetworkSpec(
            elements.getPackageOf(type).getQualifiedName().toString(),
            type.getSimpleName().toString(),
            channels,
            batchNorm,
            initializer,
            names,
            stemSpec,
            stages.stream().map(ReadStage::spec).toList(),
            tailSpec,
            headSpec),
        type,
        declaration.models(),
        blockTypes);
  }

  /**
   * Returns whether the network that this one is like has no mistakes of its own, which are
   * reported where they are made.
   */
  private boolean soundModel(Declaration declaration) {
    if (declaration.models().isEmpty()) {
      return true;
    }
    TypeElement model = declaration.models().get(0);
    return !Source.has(elements, model)
        || new NetworkReader(elements, problems, blocks).read(model) != null;
  }

  /** Returns whether a type is declared within another one, which a network may not be. */
  public static boolean isNested(TypeElement type) {
    return type.getNestingKind() != NestingKind.TOP_LEVEL;
  }

  private void check(TypeElement type) {
    String subject = "network " + type.getSimpleName();
    new TypeCheck(problems).check(type, subject);
    for (Annotation unit : Annotation.allOn(type, ConvBn.class)) {
      problems.report(
          unit.place(), subject, "units within @Stem or on a type with @Block", "@ConvBn");
    }
  }

  private int channels(Annotation network) {
    int channels = network.number("channels");
    if (channels <= 0) {
      problems.report(
          network.at("channels"), "channels of the images", "a positive number", channels);
    }
    return channels;
  }

  private Annotation required(
      TypeElement type, Annotation network, Annotation part, Class<?> kind) {
    if (part == null) {
      problems.report(
          network.place(), "network " + type.getSimpleName(), "@" + kind.getSimpleName(), "none");
    }
    return part;
  }

  /** Checks that the network has not more blocks than one method can make. */
  private void blocks(List<ReadStage> stages) {
    int blocks = 0;
    for (ReadStage stage : stages) {
      if (stage != null) {
        blocks += stage.spec().repeat();
        if (blocks > Limits.BLOCKS) {
          problems.report(
              stage.annotation().at("repeat"),
              "blocks of the network up to stage '" + stage.spec().name() + "'",
              "at most " + Limits.BLOCKS,
              blocks);
          return;
        }
      }
    }
  }

  /** Checks that the layers stand in one row, where their places in it are part of names. */
  private void row(List<ReadStage> stages) {
    for (ReadStage stage : stages) {
      if (stage != null && stage.spec().block().shortcut() != Shortcut.NONE) {
        problems.report(
            stage.annotation().at("block"),
            "block of stage '" + stage.spec().name() + "'",
            "Shortcut.NONE, as {position} in the names counts layers in one row",
            stage.spec().block().shortcut());
      }
    }
  }

  private StemSpec stem(Annotation stem) {
    TrunkUnits.check(stem, "the stem", problems);
    List<Annotation> annotations = TrunkUnits.of(stem);
    if (annotations.isEmpty()) {
      problems.report(stem.at("conv"), "units of the stem", "at least one @ConvBn", "none");
    }
    List<UnitSpec> specs = new ArrayList<>();
    for (Annotation annotation : annotations) {
      specs.add(units.ofTrunk(annotation, "the stem"));
    }
    PoolSpec pool = parts.pool(stem.annotation("pool"), "the stem");
    return specs.contains(null) ? null : new StemSpec(specs, pool);
  }

  private TailSpec tail(Annotation tail) {
    TrunkUnits.check(tail, "the tail", problems);
    List<Annotation> annotations = TrunkUnits.of(tail);
    if (annotations.isEmpty()) {
      return parts.tail(tail);
    }
    for (String member : List.of("batchNorm", "activation", "function")) {
      if (tail.given(member)) {
        problems.report(
            tail.at(member), "tail", "conv, or a normalisation and what follows it", "both");
      }
    }
    List<UnitSpec> specs = new ArrayList<>();
    for (Annotation annotation : annotations) {
      specs.add(units.ofTrunk(annotation, "the tail"));
    }
    return specs.contains(null) ? null : new TailSpec(specs, "", "", Activation.NONE);
  }

  private HeadSpec head(Annotation head) {
    return new HeadSpec(
        parts.pool(head.annotation("pool"), "the head"),
        head.annotations("hidden").stream().map(parts::hidden).toList(),
        parts.dense(head),
        parts.dropout(head, "the last dense layer"),
        parts.initializer(head.annotation("initializer"), true));
  }

  private static void distinct(
      DistinctNames names,
      Annotation stem,
      StemSpec stemSpec,
      List<ReadStage> stages,
      Annotation head,
      HeadSpec headSpec) {
    if (stemSpec != null) {
      List<Annotation> annotations = TrunkUnits.of(stem);
      for (int i = 0; i < annotations.size(); i++) {
        names.unit(stemSpec.units().get(i), "the stem", annotations.get(i).at("name"));
      }
      pool(names, stemSpec.pool(), "the pool of the stem", stem);
    }
    for (ReadStage stage : stages) {
      if (stage != null) {
        names.stage(stage);
        String words = "the pool of stage '" + stage.spec().name() + "'";
        pool(names, stage.spec().pool(), words, stage.annotation());
      }
    }
    if (headSpec != null) {
      pool(names, headSpec.pool(), "the pool of the head", head);
      dense(names, headSpec, head);
      names.dense(headSpec.dense(), head.at("dense"));
    }
  }

  private static void dense(DistinctNames names, HeadSpec spec, Annotation head) {
    List<Annotation> annotations = head.annotations("hidden");
    int dropouts = 0;
    for (int i = 0; i < annotations.size(); i++) {
      DenseSpec dense = spec.hidden().get(i);
      String words = "dense layer '" + dense.name() + "'";
      names.layer(dense.name(), words, annotations.get(i).at("name"));
      if (!dense.batchNorm().isEmpty()) {
        String of = "the batch normalisation of " + words;
        names.layer(dense.batchNorm(), of, annotations.get(i).at("batchNorm"));
      }
      if (dense.dropout() > 0) {
        dropouts++;
        names.dropout(dropouts, words, annotations.get(i).at("dropout"));
      }
    }
    if (spec.dropout() > 0) {
      names.dropout(dropouts + 1, "the last dense layer", head.at("dropout"));
    }
  }

  private static void pool(
      DistinctNames names, PoolSpec pool, String words, Annotation annotation) {
    if (pool.kind() == Pool.Kind.NONE) {
      return;
    }
    names.countPool();
    if (!pool.name().isEmpty()) {
      Annotation at = annotation.annotation("pool");
      names.layer(pool.name(), words, at.at("name"));
      if (!pool.padName().isEmpty()) {
        names.layer(pool.padName(), "the padding of " + words, at.at("padName"));
      }
    }
  }

  /** Reads a part; remembers, where a value cannot be read, and goes on. */
  private <T> T part(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (UnreadableException e) {
      unreadable = e;
      return null;
    }
  }
}
