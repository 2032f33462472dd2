package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.NetworkSpec;
import dev.lanewise.processor.spec.TypeRef;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/**
 * A network without mistakes.
 *
 * @param spec the network
 * @param type the type that declares it
 * @param models the types of the networks that it is like, from which it takes something
 * @param blockTypes the types that declare its blocks
 */
public record ReadNetwork(
    NetworkSpec spec,
    TypeElement type,
    List<TypeElement> models,
    Map<TypeRef, TypeElement> blockTypes) {
  /** Copies list and map. */
  public ReadNetwork {
    models = List.copyOf(models);
    blockTypes = Map.copyOf(blockTypes);
  }
}
