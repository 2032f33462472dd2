package dev.lanewise.processor.reader;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.Network;
import java.util.Locale;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/**
 * Reports networks and blocks that are declared inside methods. Annotation processors are told
 * nothing of such types, so that javac's trees are searched once it has analysed a class.
 */
public final class LocalTypes {
  private LocalTypes() {}

  /** Watches a compilation, where the compiler is javac. */
  public static void watch(ProcessingEnvironment environment) {
    try {
      JavacTask.instance(environment)
          .addTaskListener(
              new Listener(environment.getElementUtils(), Trees.instance(environment)));
    } catch (IllegalArgumentException | LinkageError e) {
      // Another compiler: what it does not tell cannot be reported.
    }
  }

  private static final class Listener implements TaskListener {
    private final Elements elements;
    private final Trees trees;

    Listener(Elements elements, Trees trees) {
      this.elements = elements;
      this.trees = trees;
    }

    @Override
    public void finished(TaskEvent event) {
      TypeElement type = event.getTypeElement();
      TreePath path =
          event.getKind() == TaskEvent.Kind.ANALYZE && type != null ? trees.getPath(type) : null;
      if (path != null) {
        new Search().scan(path, null);
      }
    }

    private final class Search extends TreePathScanner<Void, Void> {
      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        if (trees.getElement(getCurrentPath()) instanceof TypeElement type
            && type.getNestingKind() == NestingKind.LOCAL) {
          report(tree, type, Network.class, "a type of its own file");
          report(tree, type, Block.class, "a type that others can name");
        }
        return super.visitClass(tree, unused);
      }

      private void report(ClassTree tree, TypeElement type, Class<?> declares, String required) {
        if (Annotation.on(type, declares) != null) {
          trees.printMessage(
              Diagnostic.Kind.ERROR,
              declares.getSimpleName().toLowerCase(Locale.ROOT)
                  + " "
                  + type.getSimpleName()
                  + ": requires "
                  + required
                  + ", got a local type",
              tree,
              getCurrentPath().getCompilationUnit());
        }
      }
    }
  }
}
