package dev.lanewise.benchmarks.special;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.util.List;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one class of this package in memory, and loads it. */
final class ProductCompiler {
  private ProductCompiler() {}

  /**
   * Compiles and loads.
   *
   * @param name the class's simple name
   * @return a new instance
   * @throws ReflectiveOperationException where the class cannot be loaded
   * @throws IllegalStateException where the source has mistakes, with javac's words
   */
  static Product compile(String name, String source) throws ReflectiveOperationException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream classFile = new ByteArrayOutputStream();
    StringWriter messages = new StringWriter();
    JavaFileManager files = new Memory(javac.getStandardFileManager(null, null, null), classFile);
    List<String> options =
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"));
    boolean compiled =
        javac
            .getTask(messages, files, null, options, null, List.of(new Source(name, source)))
            .call();
    if (!compiled) {
      throw new IllegalStateException(messages.toString());
    }
    return (Product)
        MethodHandles.lookup()
            .defineClass(classFile.toByteArray())
            .getDeclaredConstructor()
            .newInstance();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final OutputStream classFile;

    Memory(JavaFileManager files, OutputStream classFile) {
      super(files);
      this.classFile = classFile;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("string:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classFile;
        }
      };
    }
  }
}
