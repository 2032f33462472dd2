package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Action;
import dev.lanewise.processor.plan.Call;
import dev.lanewise.processor.plan.Pass;
import dev.lanewise.processor.plan.Step;
import dev.lanewise.processor.plan.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** A pass and its plan method, and the fields that join the two. */
final class PassCode {
  private final Pass pass;
  private final ValueCode values;

  PassCode(Pass pass, ValueCode values) {
    this.pass = pass;
    this.values = values;
  }

  /** Returns the fields for what the plan makes. */
  Map<String, ClassName> fields() {
    Map<String, ClassName> fields = new LinkedHashMap<>();
    for (Action action : pass.actions()) {
      switch (action) {
        case Action.Acquire acquire -> fields.put(acquire.tensor().name(), Types.TENSOR_TYPE);
        case Action.Make make -> fields.put(make.view().name(), ValueCode.type(make.view().type()));
        case Action.Release release -> {}
      }
    }
    return fields;
  }

  /** Returns the method of the pass itself. */
  MethodSpec run(String name) {
    MethodSpec.Builder method = override(name).returns(TypeName.VOID);
    for (Step step : pass.steps()) {
      if (!step.comment().isEmpty()) {
        method.addComment("$L", step.comment());
      }
      method.addStatement("$L", values.call(step.call()));
    }
    return method.build();
  }

  /** Adds what a plan method does, and what it returns. */
  MethodSpec plan(MethodSpec.Builder method) {
    actions(method);
    return method.addStatement("return $L", result()).build();
  }

  private void actions(MethodSpec.Builder method) {
    String before = "";
    for (Action action : pass.actions()) {
      String comment = "";
      switch (action) {
        case Action.Acquire acquire ->
            method.addStatement(
                "$N = arena.acquire($L)",
                acquire.tensor().name(),
                values.shape(acquire.tensor().shape()));
        case Action.Make make ->
            method.addStatement("$N = $L", make.view().name(), values.call(make.view().make()));
        case Action.Release release -> {
          Call lastUse = release.lastUse();
          comment =
              lastUse == null
                  ? "not read any more"
                  : "last used by " + lastUse.receiver() + "." + lastUse.method();
          if (!comment.equals(before)) {
            method.addComment("$L", comment);
          }
          method.addStatement("arena.release($N)", release.tensor().name());
        }
      }
      before = comment;
    }
  }

  private CodeBlock result() {
    return values.value(pass.result() == null ? Value.NOTHING : pass.result());
  }

  /** Starts a method that plans a pass. */
  static MethodSpec.Builder planMethod(String name) {
    return override(name).returns(Types.TENSOR_TYPE).addParameter(Types.ARENA_PLAN, "arena");
  }

  static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }

  /** Starts a class of a pass. */
  static TypeSpec.Builder nested(String name, ClassName implemented, String doc) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(implemented)
        .addJavadoc("$L", doc);
  }

  /** Adds fields that stand together under one comment. */
  static void add(
      TypeSpec.Builder type, String what, Map<String, ClassName> fields, Modifier... modifiers) {
    boolean first = true;
    for (var field : fields.entrySet()) {
      FieldSpec.Builder spec = FieldSpec.builder(field.getValue(), field.getKey(), modifiers);
      type.addField(first ? spec.addJavadoc("$L", what).build() : spec.build());
      first = false;
    }
  }
}
