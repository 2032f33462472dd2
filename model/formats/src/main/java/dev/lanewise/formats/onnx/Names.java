package dev.lanewise.formats.onnx;

import java.util.HashSet;
import java.util.Set;

/** Names that ONNX allows: those of variables in C, each once in a graph. */
final class Names {
  private final Set<String> taken = new HashSet<>();

  /** Returns a name that is valid and new, and says what was wanted. */
  String of(String wanted) {
    String valid = wanted.replaceAll("[^A-Za-z0-9_]", "_");
    if (valid.isEmpty() || Character.isDigit(valid.charAt(0))) {
      valid = "_" + valid;
    }
    String name = valid;
    for (int i = 2; !taken.add(name); i++) {
      name = valid + "_" + i;
    }
    return name;
  }
}
