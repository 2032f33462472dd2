package dev.lanewise.model;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.service.Services;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TreeMap;

/**
 * The networks that are known by name: those of this module and a user's own, where the thread's
 * class loader finds their {@linkplain NetworkProvider providers}.
 */
public final class Networks {
  private Networks() {}

  /**
   * A network that is known by name.
   *
   * @param qualifiedName full name of the interface that declares it
   * @param channels channels of the images that it takes
   * @param factory makes it
   * @param preprocessing how it takes images, unless it is told otherwise
   */
  public record Entry(
      String qualifiedName, int channels, NetworkFactory factory, Preprocessing preprocessing) {
    /**
     * Returns the name that model files and {@link Network#name} have.
     *
     * @return simple name of the interface that declares the network
     */
    public String name() {
      return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    }
  }

  /**
   * Returns the names to call the networks by.
   *
   * @return simple names in lower case, full names where several networks have a simple name in
   *     common; sorted
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    bySimpleName(all())
        .forEach(
            (name, entries) -> {
              if (entries.size() == 1) {
                names.add(name);
              } else {
                entries.forEach(entry -> names.add(entry.qualifiedName()));
              }
            });
    return List.copyOf(names);
  }

  /**
   * Returns what is known of a network.
   *
   * @param name the spec's simple or full name, in any case; the full one as it is written where
   *     several differ by case alone
   * @return the network
   * @throws ModelException where there is none of that name, listing those there are, or there are
   *     several
   */
  public static Entry entry(String name) {
    List<Entry> found = named(name);
    if (found.isEmpty()) {
      throw new ModelException(
          "there is no network '"
              + name
              + "'; known: "
              + String.join(", ", names())
              + "; a network of your own is found where --class-path names its jar");
    }
    if (found.size() > 1) {
      throw new ModelException(
          "there are several networks '" + name + "': " + qualifiedNames(found));
    }
    return found.getFirst();
  }

  /**
   * Returns the network of a model file.
   *
   * @param name the network's simple name
   * @param packageName the package of its class; null where the file does not say it
   * @param from the file, for messages
   * @throws ModelException where it is not there, saying how to give it
   */
  static Entry ofFile(String name, String packageName, String from) {
    List<Entry> found = named(name);
    if (found.isEmpty()) {
      throw new ModelException(
          from
              + " holds a model of the network "
              + name
              + ", which is not there; known: "
              + String.join(", ", names())
              + "; name the jar with its class by --class-path or LANEWISE_CLASS_PATH, or in a"
              + " program put that on the class path or give its constructor to load");
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    return found.stream()
        .filter(entry -> entry.qualifiedName().equals(qualified(packageName, name)))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    from
                        + " does not say which of several networks it holds a model of: "
                        + qualifiedNames(found)));
  }

  /**
   * Returns the maker of a network.
   *
   * @param name the spec's simple or full name, in any case; the full one as it is written where
   *     several differ by case alone
   * @return makes it
   * @throws ModelException where there is none of that name, listing those there are, or there are
   *     several
   */
  public static NetworkFactory factory(String name) {
    return entry(name).factory();
  }

  private static List<Entry> named(String name) {
    List<Entry> all = all();
    List<Entry> exactly = all.stream().filter(entry -> entry.qualifiedName().equals(name)).toList();
    if (!exactly.isEmpty()) {
      return exactly;
    }
    List<Entry> qualified =
        all.stream().filter(entry -> entry.qualifiedName().equalsIgnoreCase(name)).toList();
    return qualified.isEmpty()
        ? bySimpleName(all).getOrDefault(name.toLowerCase(Locale.ROOT), List.of())
        : qualified;
  }

  private static String qualified(String packageName, String name) {
    return packageName == null || packageName.isEmpty() ? name : packageName + "." + name;
  }

  private static String qualifiedNames(List<Entry> entries) {
    return String.join(", ", entries.stream().map(Entry::qualifiedName).toList());
  }

  private static Map<String, List<Entry>> bySimpleName(List<Entry> entries) {
    Map<String, List<Entry>> byName = new TreeMap<>();
    for (Entry entry : entries) {
      byName
          .computeIfAbsent(entry.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(entry);
    }
    return byName;
  }

  /** Returns all networks, in the order of their full names. */
  private static List<Entry> all() {
    Map<String, Entry> entries = new TreeMap<>();
    try {
      for (NetworkProvider provider : Services.all(NetworkProvider.class)) {
        Entry entry = entry(provider);
        entries.putIfAbsent(entry.qualifiedName(), entry);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ModelException("a network on the class path cannot be used: " + e, e);
    }
    return List.copyOf(entries.values());
  }

  private static Entry entry(NetworkProvider provider) {
    Class<?> declaration = provider.declaration();
    DefaultPreprocessing preprocessing = declaration.getAnnotation(DefaultPreprocessing.class);
    return new Entry(
        declaration.getName(),
        provider.channels(),
        provider::create,
        preprocessing == null ? StandardPreprocessing.RESCALE : preprocessing.value());
  }
}
