package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.Model;
import dev.lanewise.parallel.WorkerPool;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and names read the same in every country: whatever depends on a locale is told which. */
class LocaleTest {
  /** Methods that go by the locale of the machine; each has a form that takes one. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "java/lang/String.format(Ljava/lang/String;[Ljava/lang/Object;)",
          "java/lang/String.formatted([Ljava/lang/Object;)",
          "java/lang/String.toLowerCase()",
          "java/lang/String.toUpperCase()",
          "java/io/PrintStream.printf(Ljava/lang/String;[Ljava/lang/Object;)",
          "java/io/PrintStream.format(Ljava/lang/String;[Ljava/lang/Object;)",
          "java/io/PrintWriter.printf(Ljava/lang/String;[Ljava/lang/Object;)",
          "java/io/PrintWriter.format(Ljava/lang/String;[Ljava/lang/Object;)");

  @ParameterizedTest
  @ValueSource(classes = {WorkerPool.class, ModelFiles.class, Model.class, Main.class})
  void everythingThatDependsOnALocaleIsToldWhich(Class<?> ofModule) throws Exception {
    Path module = Path.of(ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(module)) {
      search(module, found);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(module)) {
        search(jar.getPath("/"), found);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void callsAreFound() throws Exception {
    List<String> found = new ArrayList<>();
    search(LocaleTest.class.getResourceAsStream("LocaleTest$Culprit.class").readAllBytes(), found);
    assertThat(found)
        .containsExactly(
            "dev/lanewise/cli/LocaleTest$Culprit.text calls"
                + " java/lang/String.format(Ljava/lang/String;[Ljava/lang/Object;)");
  }

  /** What must be found. */
  static final class Culprit {
    private Culprit() {}

    static String text(double value) {
      return String.format("%.1f", value);
    }
  }

  private static void search(Path root, List<String> found) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(classes).isNotEmpty();
      for (Path file : classes) {
        search(Files.readAllBytes(file), found);
      }
    }
  }

  private static void search(byte[] classFile, List<String> found) {
    ClassModel model = ClassFile.of().parse(classFile);
    for (MethodModel method : model.methods()) {
      if (method.code().isEmpty()) {
        continue;
      }
      for (CodeElement element : method.code().get()) {
        if (element instanceof InvokeInstruction call && FORBIDDEN.contains(called(call))) {
          String caller = model.thisClass().asInternalName() + "." + method.methodName();
          found.add(caller + " calls " + called(call));
        }
      }
    }
  }

  private static String called(InvokeInstruction call) {
    String type = call.type().stringValue();
    return call.owner().asInternalName()
        + "."
        + call.name().stringValue()
        + type.substring(0, type.indexOf(')') + 1);
  }
}
