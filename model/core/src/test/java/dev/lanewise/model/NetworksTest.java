package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.NetworkProvider;
import dev.lanewise.testing.UserJar;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks known by name: those of the module, and a user's own. */
class NetworksTest {
  private static final String SPEC =
      """
      package %s;

      import dev.lanewise.model.data.*;
      import dev.lanewise.spec.*;

      @DefaultPreprocessing(StandardPreprocessing.SIGNED)
      @Network(channels = 3)
      @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 4, padding = Padding.SAME))
      @Stage(name = "2", block = Plain.class)
      @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
      interface %s {}

      @Block(shortcut = Shortcut.NONE)
      @ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
      interface Plain {}
      """;

  @TempDir private Path folder;

  /** What the module declares by hand is what the processor found. */
  @Test
  void theModuleProvidesEachOfItsNetworks() throws IOException {
    Path compiled = Path.of("target", "classes");
    List<String> found =
        Files.readAllLines(
            compiled
                .resolve("META-INF")
                .resolve("services")
                .resolve(NetworkProvider.class.getName()));
    List<String> declared;
    try (InputStream in = Files.newInputStream(compiled.resolve("module-info.class"))) {
      declared =
          ModuleDescriptor.read(in).provides().stream()
              .filter(provides -> provides.service().equals(NetworkProvider.class.getName()))
              .map(Provides::providers)
              .findFirst()
              .orElseThrow();
    }
    assertThat(declared).containsExactlyInAnyOrderElementsOf(found);
    assertThat(Networks.names()).contains("resnet50", "cifarresnet20").isSorted();
  }

  @Test
  void usersNetworksAreFoundByTheThreadsClassLoader() throws IOException {
    UserJar.write(folder.resolve("a.jar"), Map.of("a/Own.java", SPEC.formatted("a", "Own")));
    // A name of the module's own.
    UserJar.write(
        folder.resolve("b.jar"), Map.of("b/ResNet50.java", SPEC.formatted("b", "ResNet50")));
    Path own = folder.resolve("own.h5");
    Path resnet = folder.resolve("resnet.h5");
    with(
        List.of("a.jar", "b.jar"),
        () -> {
          assertThat(Networks.names())
              .contains("own", "b.ResNet50", "dev.lanewise.model.network.ResNet50")
              .doesNotContain("resnet50");
          Networks.Entry entry = Networks.entry("A.own");
          assertThat(entry.name()).isEqualTo("Own");
          assertThat(entry.channels()).isEqualTo(3);
          assertThat(entry.preprocessing()).isEqualTo(StandardPreprocessing.SIGNED);
          assertThatThrownBy(() -> Networks.entry("resnet50"))
              .isInstanceOf(ModelException.class)
              .hasMessage(
                  "there are several networks 'resnet50': b.ResNet50,"
                      + " dev.lanewise.model.network.ResNet50");
          ModelOptions options = ModelOptions.of(8, 8, List.of("x", "y")).withThreads(1);
          try (Model model = Model.build("own", options)) {
            model.save(own);
          }
          try (Model model = Model.build("b.resnet50", options)) {
            model.save(resnet);
          }
          try (Model model = Model.load(resnet, 1);
              Classifier classifier = Classifier.load(own, 1)) {
            assertThat(model.network().getClass().getName()).isEqualTo("b.ResNet50Network");
            assertThat(classifier.classNames()).containsExactly("x", "y");
          }
        });
    assertThatThrownBy(() -> Model.load(own, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(own + " holds a model of the network Own, which is not there;")
        .hasMessageContaining("by --class-path or LANEWISE_CLASS_PATH")
        .hasMessageContaining("give its constructor to load");
  }

  @Test
  void aProviderThatCannotBeUsedIsNamed() throws IOException {
    UserJar.write(
        folder.resolve("broken.jar"),
        Map.of("META-INF/services/" + NetworkProvider.class.getName(), "gone.Provider\n"));
    with(
        List.of("broken.jar"),
        () ->
            assertThatThrownBy(Networks::names)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gone.Provider"));
  }

  private void with(List<String> jars, Runnable test) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = folder.resolve(jars.get(i)).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      thread.setContextClassLoader(loader);
      test.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
