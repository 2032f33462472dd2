package dev.lanewise.processor;

import dev.lanewise.spec.Network;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What javac made of some sources, in memory, with all warnings on.
 *
 * @param success whether there were no errors
 * @param diagnostics all messages
 * @param sources the generated sources, by class name
 * @param classes the class files, by class name
 * @param resources the texts of other files, by path
 */
record Compilation(
    boolean success,
    List<Diagnostic<? extends JavaFileObject>> diagnostics,
    Map<String, String> sources,
    Map<String, byte[]> classes,
    Map<String, String> resources) {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  /** Returns a file of the test resources. */
  static Path resource(String folder, String name) {
    return RESOURCES.resolve(folder).resolve(name);
  }

  /** Returns the files of a folder of the test resources, sorted. */
  static List<Path> resources(String folder) {
    try (var files = Files.list(RESOURCES.resolve(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles files with the processor. */
  static Compilation of(Path... files) {
    Map<String, String> sources = new TreeMap<>();
    for (Path file : files) {
      sources.put(file.getFileName().toString(), read(file));
    }
    return of(sources, List.of(), new LanewiseProcessor());
  }

  /**
   * Compiles sources.
   *
   * @param sources texts by file name
   * @param classPath what is on the class path beside the runtime
   */
  static Compilation of(
      Map<String, String> sources, List<Path> classPath, Processor... processors) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach((name, text) -> files.add(new Source(name, text)));
    List<Path> path = new ArrayList<>(classPath);
    path.add(runtime());
    String joined =
        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    try (Memory memory =
        new Memory(
            compiler.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.UTF_8))) {
      var task =
          compiler.getTask(
              null,
              memory,
              collector,
              List.of("-Xlint:all", "-Werror", "-classpath", joined),
              null,
              files);
      task.setProcessors(List.of(processors));
      task.setLocale(Locale.ROOT);
      boolean success = task.call();
      Map<String, String> generated = new TreeMap<>();
      memory.sources.forEach(
          (name, bytes) -> generated.put(name, bytes.toString(StandardCharsets.UTF_8)));
      Map<String, byte[]> classes = new TreeMap<>();
      memory.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      Map<String, String> resources = new TreeMap<>();
      memory.resources.forEach(
          (name, bytes) -> resources.put(name, bytes.toString(StandardCharsets.UTF_8)));
      return new Compilation(success, collector.getDiagnostics(), generated, classes, resources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the messages of errors. */
  List<String> errors() {
    return diagnostics.stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  /** Writes the class files into a folder, which can be a class path. */
  void writeClasses(Path folder) {
    classes.forEach(
        (name, bytes) -> {
          try {
            Path file = folder.resolve(name.replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Path runtime() {
    try {
      return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes;

    Output(String name, Kind kind, ByteArrayOutputStream bytes) {
      super(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind);
      this.bytes = bytes;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> sources = new TreeMap<>();
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
    private final Map<String, ByteArrayOutputStream> resources = new TreeMap<>();

    Memory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String name, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      resources.put(name, bytes);
      return new Output(name, JavaFileObject.Kind.OTHER, bytes);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      (kind == JavaFileObject.Kind.SOURCE ? sources : classes).put(className, bytes);
      return new Output(className, kind, bytes);
    }
  }
}
