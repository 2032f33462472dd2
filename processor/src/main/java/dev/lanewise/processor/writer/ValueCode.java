package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import dev.lanewise.processor.plan.Call;
import dev.lanewise.processor.plan.LayerType;
import dev.lanewise.processor.plan.TensorShape;
import dev.lanewise.processor.plan.Value;
import dev.lanewise.processor.plan.ViewType;
import dev.lanewise.spec.Activation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How planned values look in the Java of one file, and what the file imports for them. */
final class ValueCode {
  private final Set<Activation> activations = EnumSet.noneOf(Activation.class);

  /** Returns a planned call, whose arguments may be broken over lines. */
  CodeBlock call(Call call) {
    List<CodeBlock> arguments = call.arguments().stream().map(this::value).toList();
    return CodeBlock.of("$L.$L($L)", value(call.receiver()), call.method(), Code.list(arguments));
  }

  /** Returns a value as an expression: a variable, a class, a constant. */
  CodeBlock value(Value value) {
    return switch (value) {
      case Value.Named named -> CodeBlock.of("$N", named.name());
      case Value.Type type -> CodeBlock.of("$T", type(type.type()));
      case Value.Statistics statistics -> CodeBlock.of("$N.statistics()", statistics.norm().name());
      case Value.Function function -> activation(function.activation());
      case Value.Below below -> CodeBlock.of("below");
      case Value.Nothing nothing -> CodeBlock.of("null");
    };
  }

  /** Returns a tensor's shape as an expression. */
  CodeBlock shape(TensorShape shape) {
    CodeBlock source = CodeBlock.of("$N.shape()", shape.source().name());
    return switch (shape) {
      case TensorShape.Rows rows -> CodeBlock.of("$N.rowsShape($L)", rows.layer().name(), source);
      case TensorShape.Same same -> source;
      case TensorShape.Output output ->
          CodeBlock.of("$N.outputShape($L)", output.layer().name(), source);
    };
  }

  /** Returns an activation, which the file imports statically. */
  CodeBlock activation(Activation activation) {
    activations.add(activation);
    // JavaPoet finds a static import only by a name that stands in the format itself.
    return CodeBlock.of("$T." + activation.name(), Types.ACTIVATION);
  }

  /** Adds the static imports of what has been written. */
  void addImportsTo(JavaFile.Builder file) {
    for (Activation activation : activations) {
      file.addStaticImport(Types.ACTIVATION, activation.name());
    }
  }

  /** Returns the runtime's class of a view. */
  static ClassName type(ViewType type) {
    return switch (type) {
      case OPERAND -> Types.OPERAND;
      case EPILOGUE -> Types.EPILOGUE;
      case TENSOR -> Types.TENSOR_TYPE;
      case JOIN -> Types.JOIN;
    };
  }

  /** Returns the runtime's class of a layer. */
  static ClassName type(LayerType type) {
    return switch (type) {
      case CONV -> Types.CONV;
      case BATCH_NORM -> Types.BATCH_NORM;
      case SUBSAMPLING -> Types.SUBSAMPLING;
      case MAX_POOL -> Types.MAX_POOL;
      case AVERAGE_POOL -> Types.AVERAGE_POOL;
      case GATE -> Types.GATE;
      case CONCATENATION -> Types.CONCATENATION;
      case DENSE -> Types.DENSE;
      case DROPOUT -> Types.DROPOUT;
    };
  }

  /** Returns the class of a layer in a training pass. */
  static ClassName trainingType(LayerType type) {
    return switch (type) {
      case CONV -> Types.CONV_TRAINING;
      case BATCH_NORM -> Types.BATCH_NORM_TRAINING;
      case SUBSAMPLING -> Types.SUBSAMPLING_TRAINING;
      case MAX_POOL -> Types.MAX_POOL_TRAINING;
      case AVERAGE_POOL -> Types.AVERAGE_POOL_TRAINING;
      case GATE -> Types.GATE_TRAINING;
      case CONCATENATION -> Types.CONCATENATION_PASS;
      case DENSE -> Types.DENSE_TRAINING;
      case DROPOUT -> Types.DROPOUT_TRAINING;
    };
  }

  /** Returns the class of a layer in an inference pass. */
  static ClassName inferenceType(LayerType type) {
    return switch (type) {
      case CONV -> Types.CONV_INFERENCE;
      case BATCH_NORM -> Types.BATCH_NORM_INFERENCE;
      case SUBSAMPLING, MAX_POOL, AVERAGE_POOL -> Types.POOL_INFERENCE;
      case GATE -> Types.GATE_INFERENCE;
      case CONCATENATION -> Types.CONCATENATION_PASS;
      case DENSE -> Types.DENSE_INFERENCE;
      case DROPOUT -> throw new IllegalArgumentException("inference knows no dropout");
    };
  }
}
