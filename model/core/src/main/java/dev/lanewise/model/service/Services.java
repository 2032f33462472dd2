package dev.lanewise.model.service;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Finds the providers of a service. */
public final class Services {
  private Services() {}

  /**
   * Returns the providers that the thread's class loader finds, and those that this module's does:
   * in a container the former may not see this module.
   *
   * @param service one that the module descriptor names by {@code uses}
   * @return the providers, one of each class
   * @throws java.util.ServiceConfigurationError where one cannot be made
   */
  public static <S> List<S> all(Class<S> service) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(Services.class.getClassLoader());
    Map<Class<?>, S> providers = new LinkedHashMap<>();
    for (ClassLoader loader : loaders) {
      for (S provider : ServiceLoader.load(service, loader)) {
        providers.putIfAbsent(provider.getClass(), provider);
      }
    }
    return List.copyOf(providers.values());
  }
}
