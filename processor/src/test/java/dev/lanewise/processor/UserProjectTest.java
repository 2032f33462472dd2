package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.spec.Network;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects of users whose builds allow no warning at all. */
class UserProjectTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "user/Net.java",
          """
          package user;

          import dev.lanewise.spec.*;

          /** A network. */
          @Network
          @Stem(conv = @ConvBn(name = "c", kernel = 1, filters = 4))
          @Stage(name = "1", block = Plain.class, repeat = 2)
          @Head
          public interface Net {}
          """,
          "user/Plain.java",
          """
          package user;

          import dev.lanewise.spec.*;

          /** A block. */
          @Block(shortcut = Shortcut.IDENTITY)
          @ConvBn(name = "a", kernel = 3, filters = 4, padding = Padding.SAME)
          public interface Plain {}
          """,
          "user/Program.java",
          """
          package user;

          import dev.lanewise.network.NetworkOptions;

          class Program {
            static NetNetwork make(NetworkOptions options) {
              return new NetNetwork(options);
            }
          }
          """);

  @TempDir private Path folder;

  private List<String> compile(
      Map<String, String> sources, List<String> options, Processor... processors)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (var source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    List<String> all = new ArrayList<>(options);
    // javac warns each module of the Vector API itself, an incubating module, that it comes to
    // read.
    boolean modules = options.contains("--module-path");
    all.addAll(
        List.of(
            modules ? "-Xlint:all,-incubating" : "-Xlint:all",
            "-Werror",
            "-d",
            folder.resolve("classes").toString()));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      var task =
          compiler.getTask(
              null, manager, found, all, null, manager.getJavaFileObjectsFromPaths(files));
      task.setLocale(Locale.ROOT);
      task.setProcessors(List.of(processors));
      assertThat(task.call()).as(found.getDiagnostics().toString()).isEqualTo(errorFree(found));
    }
    return found.getDiagnostics().stream().map(one -> one.getMessage(Locale.ROOT)).toList();
  }

  private static boolean errorFree(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream().noneMatch(one -> one.getKind() == Diagnostic.Kind.ERROR);
  }

  private static String runtime() {
    try {
      return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> with(String name, String text) {
    Map<String, String> sources = new HashMap<>(SOURCES);
    sources.put(name, text);
    return sources;
  }

  @Test
  void compilesOnTheClassPath() throws IOException {
    assertThat(compile(SOURCES, List.of("-classpath", runtime()), new LanewiseProcessor()))
        .isEmpty();
    assertThat(folder.resolve("classes/user/NetNetwork.class")).exists();
  }

  @Test
  void compilesOnTheModulePath() throws IOException {
    Map<String, String> sources =
        with(
            "module-info.java",
            """
            /** A user's module. */
            module user {
              requires dev.lanewise.runtime;

              exports user;

              provides dev.lanewise.network.NetworkProvider with user.NetProvider;
            }
            """);
    assertThat(compile(sources, List.of("--module-path", runtime()), new LanewiseProcessor()))
        .isEmpty();
    assertThat(folder.resolve("classes/user/NetNetwork.class")).exists();
  }

  @Test
  void compilesWhereTheModuleReadsTheMarkOfGeneratedClasses() throws IOException {
    Map<String, String> sources =
        with(
            "module-info.java",
            """
            /** A user's module. */
            module user {
              requires dev.lanewise.runtime;
              requires java.compiler;

              exports user;

              provides dev.lanewise.network.NetworkProvider with user.NetProvider;
            }
            """);
    assertThat(compile(sources, List.of("--module-path", runtime()), new LanewiseProcessor()))
        .isEmpty();
  }

  @Test
  void writesCodeThatAUserMayTakeOverAndChange() throws IOException {
    Compilation generated = Compilation.of(Compilation.resource("good", "PreActivated.java"));
    Map<String, String> sources = new HashMap<>();
    generated
        .sources()
        .forEach(
            (name, text) -> {
              // What offers the spec by name has no use without the spec.
              if (!name.endsWith("Provider")) {
                sources.put(
                    name.replace("good.", "own/") + ".java",
                    text.replace("package good;", "package own;"));
              }
            });
    // Its mark as generated may stay where a user leaves it.
    assertThat(compile(sources, List.of("-classpath", runtime()), new LanewiseProcessor()))
        .isEmpty();
  }

  @Test
  void tellsAModuleThatDoesNotProvideItsNetwork() throws IOException {
    Map<String, String> sources =
        with(
            "module-info.java", "/** A module. */\nmodule user { requires dev.lanewise.runtime; }");
    assertThat(compile(sources, List.of("--module-path", runtime()), new LanewiseProcessor()))
        .containsExactly(
            "network Net: is found by name only where module user says 'provides"
                + " dev.lanewise.network.NetworkProvider with user.NetProvider'");
  }

  @Test
  void leavesToOtherProcessorsWhatIsTheirs() throws IOException {
    Other other = new Other();
    Map<String, String> sources =
        with("user/Mark.java", "package user;\n/** A mark. */\n@Deprecated @interface Mark {}\n");
    sources.put("user/Marked.java", "package user;\n@Mark\nclass Marked {}\n");
    // Nobody claims the mark: javac says so, of the mark alone.
    assertThat(compile(sources, List.of("-classpath", runtime()), new LanewiseProcessor(), other))
        .anyMatch(message -> message.contains("user.Mark") && !message.contains("dev.lanewise"));
    assertThat(other.seen).contains("user.Mark").doesNotContain("dev.lanewise.spec.Network");
  }

  /** Looks at all annotations, and claims none. */
  @SupportedAnnotationTypes("*")
  private static final class Other extends AbstractProcessor {
    private final List<String> seen = new ArrayList<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      annotations.forEach(annotation -> seen.add(annotation.getQualifiedName().toString()));
      return false;
    }
  }
}
