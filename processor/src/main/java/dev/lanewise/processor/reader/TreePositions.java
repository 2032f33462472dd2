package dev.lanewise.processor.reader;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.Diagnostic;

/**
 * Finds annotation values in javac's trees. The standard messager cannot point into a repeated
 * annotation, as javac wraps those into a container that stands nowhere in the file.
 */
final class TreePositions {
  private final Trees trees;

  private TreePositions(Trees trees) {
    this.trees = trees;
  }

  /** Returns the positions of a compilation, or null where the compiler is not javac. */
  static TreePositions of(ProcessingEnvironment environment) {
    try {
      return new TreePositions(Trees.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      return null;
    }
  }

  /** Reports a message at a place; returns whether the place was found. */
  boolean report(Diagnostic.Kind kind, Place place, String message) {
    if (place.annotation() == null) {
      return false;
    }
    TreePath path = trees.getPath(place.element());
    if (path == null || !(path.getLeaf() instanceof ClassTree type)) {
      return false;
    }
    String name = place.annotation().getAnnotationType().asElement().getSimpleName().toString();
    List<AnnotationTree> found = new ArrayList<>();
    for (AnnotationTree annotation : type.getModifiers().getAnnotations()) {
      String written = annotation.getAnnotationType().toString();
      if (written.substring(written.lastIndexOf('.') + 1).equals(name)) {
        found.add(annotation);
      }
    }
    if (place.index() >= found.size()) {
      return false;
    }
    Tree tree = found.get(place.index());
    for (Object step : place.path()) {
      tree = step instanceof String member ? member(tree, member) : element(tree, (Integer) step);
    }
    trees.printMessage(kind, message, tree, path.getCompilationUnit());
    return true;
  }

  private static Tree member(Tree tree, String name) {
    if (tree instanceof AnnotationTree annotation) {
      for (ExpressionTree argument : annotation.getArguments()) {
        if (argument instanceof AssignmentTree assignment
            && assignment.getVariable().toString().equals(name)) {
          return assignment.getExpression();
        }
        if (!(argument instanceof AssignmentTree) && name.equals("value")) {
          return argument;
        }
      }
    }
    return tree;
  }

  private static Tree element(Tree tree, int index) {
    return tree instanceof NewArrayTree array && index < array.getInitializers().size()
        ? array.getInitializers().get(index)
        : tree;
  }
}
