package dev.lanewise.kernel;

/**
 * The module of the Vector API. The JVM leaves it out of a program on the class path, as of all
 * modules that incubate, unless it is named at the start.
 */
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /**
   * Refuses to go on without the module, where the first kernel would fail to link.
   *
   * @throws IllegalStateException where it is missing, naming the flag that brings it
   */
  public static void require() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      throw new IllegalStateException(
          "Lanewise requires the module "
              + NAME
              + ", got a JVM without it: start java with --add-modules "
              + NAME);
    }
  }
}
