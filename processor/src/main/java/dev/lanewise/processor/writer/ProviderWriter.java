package dev.lanewise.processor.writer;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.lanewise.processor.spec.NetworkSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class by which {@link java.util.ServiceLoader} finds a network. */
public final class ProviderWriter {
  /** The service: the interface that providers implement. */
  public static final String SERVICE = Types.NETWORK_PROVIDER.canonicalName();

  private ProviderWriter() {}

  /**
   * Writes a network's provider.
   *
   * @param network the network
   * @param marked whether the class is marked as generated
   * @return the file
   */
  public static GeneratedFile file(NetworkSpec network, boolean marked) {
    ClassName declaration = ClassName.get(network.packageName(), network.name());
    String name = network.name() + "Provider";
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addSuperinterface(Types.NETWORK_PROVIDER)
            .addJavadoc(
                "Offers the network that {@link $T} declares to those who look it up by name.\n",
                declaration)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PUBLIC)
                    .addJavadoc("Made by {@link $T}.\n", Types.SERVICE_LOADER)
                    .build())
            .addMethod(
                method("declaration")
                    .returns(
                        ParameterizedTypeName.get(
                            Types.CLASS, WildcardTypeName.subtypeOf(Object.class)))
                    .addStatement("return $T.class", declaration)
                    .build())
            .addMethod(
                method("channels")
                    .returns(int.class)
                    .addStatement("return $L", network.channels())
                    .build())
            .addMethod(
                method("create")
                    .returns(Types.NETWORK_BASE)
                    .addParameter(Types.NETWORK_OPTIONS, "options")
                    .addStatement(
                        "return new $T(options)",
                        ClassName.get(network.packageName(), network.name() + "Network"))
                    .build());
    // A module that exports the class need not export this runtime to others, too, to be sound, and
    // the network's interface may lie in another type's file.
    type.addAnnotation(
        AnnotationSpec.builder(SuppressWarnings.class)
            .addMember("value", "$S", "exports")
            .addMember("value", "$S", "auxiliaryclass")
            .build());
    if (marked) {
      type.addAnnotation(Types.generated());
    }
    JavaFile file =
        JavaFile.builder(network.packageName(), type.build()).skipJavaLangImports(true).build();
    return new GeneratedFile(network.packageName(), name, Layout.text(file), List.of());
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC);
  }
}
