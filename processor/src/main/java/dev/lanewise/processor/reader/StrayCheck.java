package dev.lanewise.processor.reader;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** Finds annotations that say nothing where they stand. */
public final class StrayCheck {
  private final Problems problems;

  /** Makes a check. */
  public StrayCheck(Problems problems) {
    this.problems = problems;
  }

  /** Reports parts of networks and blocks on a type that is neither. */
  public void check(TypeElement type) {
    boolean network = Annotation.on(type, Network.class) != null;
    boolean block = Annotation.on(type, Block.class) != null;
    if (!network) {
      for (Class<?> part :
          List.of(Stem.class, Stage.class, EachStage.class, Tail.class, Head.class)) {
        stray(type, part, Network.class);
      }
    }
    if (!network && !block) {
      stray(type, ConvBn.class, Block.class);
    }
  }

  private void stray(TypeElement type, Class<?> part, Class<?> whole) {
    for (Annotation found : Annotation.allOn(type, part)) {
      problems.report(
          found.place(),
          "@" + part.getSimpleName() + " on " + type.getSimpleName(),
          "@" + whole.getSimpleName() + " beside it",
          "none");
    }
  }
}
