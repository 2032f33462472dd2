package dev.lanewise.processor.writer;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.NetworkPlan;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.NetworkSpec;
import dev.lanewise.processor.spec.TypeRef;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes all files of a network. */
public final class NetworkWriter {
  private final NetworkPlan plan;
  private final boolean marked;
  private final ClassName declaration;

  /**
   * Makes a writer.
   *
   * @param plan what is written
   * @param marked whether the classes are marked as generated
   */
  public NetworkWriter(NetworkPlan plan, boolean marked) {
    this.plan = plan;
    this.marked = marked;
    this.declaration = ClassName.get(plan.spec().packageName(), plan.spec().name());
  }

  /** Returns the files: the network, its stem, its blocks, its tail and its head. */
  public List<GeneratedFile> files() {
    List<GeneratedFile> files = new ArrayList<>();
    List<TypeRef> blockTypes = plan.blocks().stream().map(BlockPlan::type).distinct().toList();
    files.add(file(plan.name(), network(), new ValueCode(), blockTypes));
    // A block's channels follow from the blocks before it, and the head's from all of them.
    files.add(file(plan.stem(), List.of()));
    plan.blocks().forEach(block -> files.add(file(block, blockTypes)));
    if (plan.tail() != null) {
      files.add(file(plan.tail(), blockTypes));
    }
    files.add(file(plan.head(), blockTypes));
    return files;
  }

  private GeneratedFile file(ClassPlan part, List<TypeRef> blockTypes) {
    ValueCode values = new ValueCode();
    return file(part.name(), new ClassWriter(part, values).type(declaration), values, blockTypes);
  }

  private GeneratedFile file(
      String name, TypeSpec.Builder type, ValueCode values, List<TypeRef> blockTypes) {
    if (marked) {
      type.addAnnotation(Types.generated());
    }
    String packageName = plan.spec().packageName();
    JavaFile.Builder file = JavaFile.builder(packageName, type.build()).skipJavaLangImports(true);
    values.addImportsTo(file);
    return new GeneratedFile(packageName, name, Layout.text(file.build()), blockTypes);
  }

  /** Returns what a block's class is told to name its layers, as further arguments. */
  private CodeBlock placeholders(NetworkPlan.Use use) {
    CodeBlock.Builder arguments = CodeBlock.builder();
    for (BlockPlan block : plan.blocks()) {
      if (block.name().equals(use.className())) {
        for (String placeholder : block.placeholders()) {
          switch (placeholder) {
            case "stage" -> arguments.add(", $S", use.stage());
            case NamesSpec.POSITION -> arguments.add(", $L", use.position());
            default -> arguments.add(", $S", use.block());
          }
        }
        if (block.path().concatenates()) {
          arguments.add(", $L, $L", use.channels(), use.width());
        }
      }
    }
    return arguments.build();
  }

  private TypeSpec.Builder network() {
    // A module that exports the class need not export this runtime to others, too, to be sound.
    return TypeSpec.classBuilder(plan.name())
        .addAnnotation(
            AnnotationSpec.builder(SuppressWarnings.class)
                .addMember("value", "$S", "exports")
                .build())
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .superclass(Types.NETWORK_BASE)
        .addJavadoc(
            "The network that {@link $T} declares: stem, $L blocks, $Lhead.\n",
            declaration,
            plan.uses().size(),
            plan.tail() == null ? "" : "tail, ")
        .addMethod(constructor());
  }

  private MethodSpec constructor() {
    NetworkSpec spec = plan.spec();
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("Makes the network and draws its parameters.\n\n")
            .addJavadoc("@param options input size, classes, seed and threads\n")
            .addParameter(Types.NETWORK_OPTIONS, "options")
            .addStatement(
                "super($S, options, $L,$W$L, $L,$W$T.$L)",
                spec.name(),
                spec.channels(),
                spec.batchNorm().momentum(),
                spec.batchNorm().epsilon(),
                Types.MODE,
                spec.batchNorm().mode())
            .addStatement("add($S, new $L(layers()))", "stem", plan.stem().name());
    for (NetworkPlan.Use use : plan.uses()) {
      constructor.addStatement(
          "add($S, new $L(layers()$L))", use.name(), use.className(), placeholders(use));
    }
    if (plan.tail() != null) {
      constructor.addStatement("add($S, new $L(layers()))", "tail", plan.tail().name());
    }
    return constructor
        .beginControlFlow("if (hasTop())")
        .addStatement(
            "add($S, new $L(layers(), featureShape(), classes()))", "head", plan.head().name())
        .endControlFlow()
        .addStatement("initialize()")
        .build();
  }
}
