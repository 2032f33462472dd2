package dev.lanewise.processor.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lanewise.processor.plan.Call;
import dev.lanewise.processor.plan.LayerType;
import dev.lanewise.processor.plan.Value;
import dev.lanewise.processor.plan.ViewType;
import dev.lanewise.spec.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How planned values become Java, with its imports. */
class ValueCodeTest {
  private static final Value.Layer BN = new Value.Layer(LayerType.BATCH_NORM, "bn2a");

  @ParameterizedTest
  @EnumSource(Activation.class)
  void importsEachActivationWhoseNameItWrites(Activation activation) {
    ValueCode values = new ValueCode();
    Call call = new Call(BN, "activated", List.of(Value.BELOW, new Value.Function(activation)));
    assertThat(file(values, call))
        .contains("import static dev.lanewise.spec.Activation." + activation + ";")
        .contains("    bn2a.activated(below, " + activation + ");")
        .doesNotContain("import dev.lanewise.spec.Activation;");
  }

  @Test
  void importsNoActivationWhereItWritesNone() {
    Call call = new Call(BN, "finishGradients", List.of());
    assertThat(file(new ValueCode(), call)).doesNotContain("import");
  }

  @Test
  void importsTheTypesOfStaticCalls() {
    Call call =
        new Call(
            new Value.Type(ViewType.JOIN),
            "plain",
            List.of(Value.NOTHING, new Value.Statistics(BN)));
    assertThat(file(new ValueCode(), call))
        .contains("import dev.lanewise.layer.Join;")
        .contains("    Join.plain(null, bn2a.statistics());");
  }

  private static String file(ValueCode values, Call call) {
    TypeSpec type =
        TypeSpec.classBuilder("T")
            .addMethod(MethodSpec.methodBuilder("m").addStatement("$L", values.call(call)).build())
            .build();
    JavaFile.Builder file = JavaFile.builder("p", type);
    values.addImportsTo(file);
    return Layout.text(file.build());
  }
}
