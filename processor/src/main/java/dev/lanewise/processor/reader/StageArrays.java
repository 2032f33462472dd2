package dev.lanewise.processor.reader;

import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.util.Elements;

/** Gives each {@link Stage} its values of the arrays of an {@link EachStage}. */
final class StageArrays {
  /** The arrays with a value for each stage, and the members of a stage that they give. */
  private static final Map<String, String> MEMBERS = new LinkedHashMap<>();

  static {
    MEMBERS.put("blocks", "block");
    MEMBERS.put("repeats", "repeat");
    MEMBERS.put("strides", "stride");
    MEMBERS.put("kernels", "kernel");
    MEMBERS.put("expansions", "expansion");
  }

  private final Elements elements;
  private final Problems problems;
  private final Annotation arrays;

  /**
   * Prepares to give.
   *
   * @param arrays the annotation
   */
  StageArrays(Elements elements, Problems problems, Annotation arrays) {
    this.elements = elements;
    this.problems = problems;
    this.arrays = arrays;
  }

  /**
   * Returns the stages that the arrays declare, besides those that stages declare.
   *
   * @param stages the network's own
   * @param model whether the network is like another, whose stages it has
   */
  List<Annotation> declared(List<Annotation> stages, boolean model) {
    if (!arrays.given("names")) {
      return stages;
    }
    if (model || !stages.isEmpty()) {
      problems.report(
          arrays.at("names"),
          "names of @EachStage",
          model
              ? "none, as the network that this one is like names its stages"
              : "no @Stage beside it",
          model ? "some" : stages.size());
      return stages;
    }
    int names = arrays.size("names");
    // One name stands for as many stages as the longest of the other arrays has values.
    int count =
        names == 1
            ? Math.max(1, MEMBERS.keySet().stream().mapToInt(arrays::size).max().orElseThrow())
            : names;
    List<Annotation> declared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      declared.add(empty().with("name", arrays, "names", names == 1 ? 0 : i));
    }
    return declared;
  }

  /** Returns a stage that says nothing. */
  Annotation empty() {
    return Annotation.empty(elements, Stage.class, arrays.place());
  }

  /**
   * Returns the stages with their values of the arrays.
   *
   * @param stages all stages of the network; an element that gives nothing for one of which the
   *     network itself says nothing
   */
  List<Annotation> given(List<Annotation> stages) {
    List<Annotation> given = new ArrayList<>(stages);
    MEMBERS.forEach((array, member) -> give(given, array, member));
    filters(given);
    return given;
  }

  private void give(List<Annotation> stages, String array, String member) {
    if (!arrays.given(array)) {
      return;
    }
    int got = arrays.size(array);
    boolean one = got == 1 && array.equals("blocks");
    if (got != stages.size() && !one) {
      problems.report(
          arrays.at(array),
          array + " of @EachStage",
          stages.size() + " values, one for each stage",
          got);
      return;
    }
    for (int i = 0; i < stages.size(); i++) {
      int index = one ? 0 : i;
      if (isFree(stages.get(i), member, array, index)) {
        stages.set(i, stages.get(i).with(member, arrays, array, index));
      }
    }
  }

  private void filters(List<Annotation> stages) {
    if (!arrays.given("filters")) {
      return;
    }
    int got = arrays.size("filters");
    if (stages.isEmpty() || got == 0 || got % stages.size() != 0) {
      problems.report(
          arrays.at("filters"),
          "filters of @EachStage",
          "as many numbers for each of " + stages.size() + " stages",
          got);
      return;
    }
    int each = got / stages.size();
    for (int i = 0; i < stages.size(); i++) {
      if (isFree(stages.get(i), "filters", "filters", i * each)) {
        stages.set(i, stages.get(i).with("filters", arrays, "filters", i * each, (i + 1) * each));
      }
    }
  }

  /** Returns whether a stage does not say a member itself, which would be said twice then. */
  private boolean isFree(Annotation stage, String member, String array, int index) {
    if (!stage.givenHere(member)) {
      return true;
    }
    problems.report(
        arrays.at(array, index),
        array + " of @EachStage",
        "a " + member + " that is said once",
        "one beside that of @Stage");
    return false;
  }
}
