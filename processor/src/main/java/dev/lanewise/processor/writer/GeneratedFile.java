package dev.lanewise.processor.writer;

import dev.lanewise.processor.spec.TypeRef;
import java.util.List;

/**
 * A generated source file.
 *
 * @param packageName the package; empty for the unnamed package
 * @param className simple name of its class
 * @param text the source
 * @param blockTypes the types of blocks that the text depends on
 */
public record GeneratedFile(
    String packageName, String className, String text, List<TypeRef> blockTypes) {
  /** Copies the list. */
  public GeneratedFile {
    blockTypes = List.copyOf(blockTypes);
  }

  /** Returns the name under which the compiler knows the class, with its package. */
  public String qualifiedName() {
    return packageName.isEmpty() ? className : packageName + "." + className;
  }
}
