package dev.lanewise.formats.saved;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Checks that the parts of a snapshot share. */
public final class Saved {
  private Saved() {}

  /** Refuses names that cannot be part of a path within an HDF5 file. */
  static void checkName(String what, String name) {
    if (name.isBlank()
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0
        || name.equals(".")
        || name.equals("..")) {
      throw new IllegalArgumentException(
          "the name of " + what + " must be part of a path, got '" + name + "'");
    }
  }

  /**
   * Refuses names that two elements have in common.
   *
   * @param <T> type of the elements
   * @param what the elements in the plural, for the message: {@code "layers"}
   * @param list the elements
   * @param name gives an element's name
   * @throws IllegalArgumentException naming the first name that comes again
   */
  public static <T> void checkDistinct(String what, List<T> list, Function<T, String> name) {
    Set<String> seen = new HashSet<>();
    for (T element : list) {
      if (!seen.add(name.apply(element))) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "there are two %s named '%s'", what, name.apply(element)));
      }
    }
  }
}
