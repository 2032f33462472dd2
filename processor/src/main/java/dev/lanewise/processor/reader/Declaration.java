package dev.lanewise.processor.reader;

import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * The annotations that declare a network: those of its own interface, completed by those of the
 * network that it is like.
 *
 * @param network the annotation of the network itself
 * @param stem what comes before the stages; null for none
 * @param stages the stages, in order
 * @param arrays what they are given by arrays; null for nothing, or once they have it
 * @param tail what follows them in the trunk; null for none
 * @param head what follows; null for none
 * @param models the networks from which it takes something, the nearest first
 */
record Declaration(
    Annotation network,
    Annotation stem,
    List<Annotation> stages,
    StageArrays arrays,
    Annotation tail,
    Annotation head,
    List<TypeElement> models) {
  Declaration {
    stages = List.copyOf(stages);
    models = List.copyOf(models);
  }
}
