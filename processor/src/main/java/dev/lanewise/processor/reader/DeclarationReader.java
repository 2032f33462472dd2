package dev.lanewise.processor.reader;

import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * Collects the annotations of a network. With {@link Network#like} each annotation, each member of
 * one, and each stage, that the network does not give is the other network's.
 */
final class DeclarationReader {
  private final Elements elements;
  private final Problems problems;

  DeclarationReader(Elements elements, Problems problems) {
    this.elements = elements;
    this.problems = problems;
  }

  /**
   * Returns the annotations of a network; null where the network that it is like cannot be had,
   * which has been reported.
   *
   * @param type a type with {@link Network}
   */
  Declaration read(TypeElement type) {
    List<TypeElement> models = models(type);
    if (models == null) {
      return null;
    }
    Declaration declaration = null;
    for (TypeElement model : models.reversed()) {
      declaration = completed(own(model, models), declaration);
    }
    return completed(own(type, models), declaration);
  }

  /** Returns the network that a network is like, the one that this is like, and so on. */
  private List<TypeElement> models(TypeElement type) {
    Place place = Annotation.on(type, Network.class).at("like");
    String subject = "like of network " + type.getSimpleName();
    List<TypeElement> models = new ArrayList<>();
    Annotation network = Annotation.on(type, Network.class);
    while (network.given("like")) {
      TypeMirror like = network.type("like");
      TypeElement model =
          like instanceof DeclaredType declared ? (TypeElement) declared.asElement() : null;
      network = model == null ? null : Annotation.on(model, Network.class);
      if (network == null) {
        String got = model == null ? like.toString() : model.getSimpleName().toString();
        problems.report(place, subject, "a type with @Network", got + " without it");
        return null;
      }
      if (model.equals(type) || models.contains(model)) {
        String got = (models.isEmpty() ? model : models.get(0)).getSimpleName().toString();
        problems.report(place, subject, "a network that is not itself like this one", got);
        return null;
      }
      models.add(model);
    }
    return models;
  }

  private Declaration own(TypeElement type, List<TypeElement> models) {
    Annotation network = Annotation.on(type, Network.class);
    Annotation each = Annotation.on(type, EachStage.class);
    StageArrays arrays = each == null ? null : new StageArrays(elements, problems, each);
    List<Annotation> stages = Annotation.allOn(type, Stage.class);
    return new Declaration(
        network,
        Annotation.on(type, Stem.class),
        arrays == null ? stages : arrays.declared(stages, network.given("like")),
        arrays,
        Annotation.on(type, Tail.class),
        Annotation.on(type, Head.class),
        models);
  }

  private Declaration completed(Declaration own, Declaration model) {
    if (model == null) {
      List<Annotation> stages =
          own.arrays() == null ? own.stages() : own.arrays().given(own.stages());
      return new Declaration(
          own.network(), own.stem(), stages, null, own.tail(), own.head(), own.models());
    }
    Place like = own.network().at("like");
    return new Declaration(
        own.network().completedBy(model.network()),
        completed(own.stem(), model.stem(), like),
        stages(own, model, like),
        null,
        completed(own.tail(), model.tail(), like),
        completed(own.head(), model.head(), like),
        own.models());
  }

  private static Annotation completed(Annotation own, Annotation model, Place like) {
    if (own == null) {
      return model == null ? null : model.takenAt(like);
    }
    return model == null ? own : own.completedBy(model);
  }

  /** Returns the model's stages, those of the network's own in the places of their namesakes. */
  private List<Annotation> stages(Declaration own, Declaration model, Place like) {
    List<Annotation> stages = new ArrayList<>();
    List<Annotation> left = new ArrayList<>(own.stages());
    for (Annotation stage : model.stages()) {
      Annotation found = null;
      for (Annotation one : left) {
        if (found == null && name(one).equals(name(stage))) {
          found = one;
        }
      }
      left.remove(found);
      stages.add(found);
    }
    for (Annotation stage : left) {
      problems.report(
          stage.at("name"),
          "name of a stage",
          "one of the network's that this one is like, each once: "
              + model.stages().stream()
                  .map(DeclarationReader::name)
                  .collect(Collectors.joining(", ")),
          name(stage));
    }
    if (own.arrays() != null) {
      stages.replaceAll(stage -> stage == null ? own.arrays().empty() : stage);
      stages = own.arrays().given(stages);
    }
    List<Annotation> completed = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      completed.add(completed(stages.get(i), model.stages().get(i), like));
    }
    return completed;
  }

  /** Returns how a stage is told from others: by its name and its first block's letter. */
  private static String name(Annotation stage) {
    char first = stage.letter("firstBlock");
    return "'" + stage.text("name") + "'" + (first == 'a' ? "" : " from '" + first + "'");
  }
}
