package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.BlockSpec;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A block and where its parts stand.
 *
 * @param spec the block; null where there are mistakes
 * @param type the type that declares it
 * @param inSource whether that type is compiled now, so that messages can point into it
 * @param units the units' annotations, in order
 * @param projection the projection's annotation
 */
record ReadBlock(
    BlockSpec spec,
    TypeElement type,
    boolean inSource,
    List<Annotation> units,
    Annotation projection) {
  ReadBlock {
    units = List.copyOf(units);
  }
}
