package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.NetworkSpec;
import dev.lanewise.processor.spec.TypeRef;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/**
 * A network without mistakes.
 *
 * @param spec the network
 * @param type the type that declares it
 * @param blockTypes the types that declare its blocks
 */
public record ReadNetwork(
    NetworkSpec spec, TypeElement type, Map<TypeRef, TypeElement> blockTypes) {
  /** Copies the map. */
  public ReadNetwork {
    blockTypes = Map.copyOf(blockTypes);
  }
}
