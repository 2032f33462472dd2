package dev.lanewise.model.training;

import dev.lanewise.model.service.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Function;

/** Finds what is called by a name: what is there for everybody, and a user's own. */
final class Named {
  private Named() {}

  /**
   * Returns the one of a name; a user's own do not replace those that are there.
   *
   * @param kind what it is one of, for messages: "loss"
   * @param service a user's own are its providers
   * @throws IllegalArgumentException where there is none, or a user's own cannot be loaded
   */
  static <T> T find(
      String kind, String name, Class<T> service, Function<T, String> nameOf, List<T> builtIn) {
    List<T> all = new ArrayList<>(builtIn);
    try {
      all.addAll(Services.all(service));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException(
          "a " + kind + " on the class path cannot be used: " + e, e);
    }
    return all.stream()
        .filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown "
                        + kind
                        + " '"
                        + name
                        + "'; known are "
                        + String.join(", ", all.stream().map(nameOf).toList())));
  }
}
