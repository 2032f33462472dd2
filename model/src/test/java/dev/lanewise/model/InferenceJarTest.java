package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/**
 * The jar of classifier {@code inference} is this module and the runtime, less what the pom
 * excludes: nothing that is left may want what is not there.
 */
class InferenceJarTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final List<String> ABSENT = List.of("picocli/", "me/tongfei/", "org/slf4j/");

  @Test
  void whatIsLeftWantsNeitherTheCommandLineNorItsLibraries() throws Exception {
    List<PathMatcher> excluded = new ArrayList<>();
    for (String pattern : excludes()) {
      excluded.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    }
    Set<String> kept = new TreeSet<>();
    Set<String> left = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        Path name = CLASSES.relativize(file);
        boolean out = excluded.stream().anyMatch(pattern -> pattern.matches(name));
        (out ? left : kept).add(name.toString().replace('\\', '/').replaceAll("\\.class$", ""));
      }
    }
    assertThat(kept).contains("dev/lanewise/model/Classifier");
    assertThat(left).contains("dev/lanewise/model/cli/Main", "module-info");
    for (String name : kept) {
      for (String wanted : wantedBy(CLASSES.resolve(name + ".class"))) {
        assertThat(left).as(name).doesNotContain(wanted);
        assertThat(ABSENT).as(name + " wants " + wanted).noneMatch(wanted::startsWith);
      }
    }
  }

  private static Set<String> wantedBy(Path file) throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof ClassEntry type) {
        wanted.add(type.asInternalName().replaceAll("^\\[+L|;$", ""));
      }
    }
    return wanted;
  }

  private static List<String> excludes() throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getElementsByTagName("exclude");
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      patterns.add(nodes.item(i).getTextContent().strip());
    }
    assertThat(patterns).isNotEmpty();
    return patterns;
  }
}
