package dev.lanewise.processor.writer;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import dev.lanewise.processor.spec.TypeRef;
import java.util.Arrays;
import java.util.ServiceLoader;

/** The types that generated code uses. */
final class Types {
  private static final String LAYER = "dev.lanewise.layer";
  private static final String NETWORK = "dev.lanewise.network";
  private static final String TENSOR = "dev.lanewise.tensor";
  private static final String KERNEL = "dev.lanewise.kernel";
  private static final String SPEC = "dev.lanewise.spec";
  private static final String TRAIN = "dev.lanewise.train";

  static final ClassName STRING = ClassName.get(String.class);
  static final ClassName CLASS = ClassName.get(Class.class);
  static final ClassName SERVICE_LOADER = ClassName.get(ServiceLoader.class);
  static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");
  static final ClassName ACTIVATION = ClassName.get(SPEC, "Activation");
  static final ClassName MODE = ClassName.get(SPEC, "BatchNorm", "Mode");
  static final ClassName NETWORK_BASE = ClassName.get(NETWORK, "Network");
  static final ClassName NETWORK_PROVIDER = ClassName.get(NETWORK, "NetworkProvider");
  static final ClassName NETWORK_OPTIONS = ClassName.get(NETWORK, "NetworkOptions");
  static final ClassName BLOCK = ClassName.get(NETWORK, "Block");
  static final ClassName BLOCK_TRAINING = ClassName.get(NETWORK, "BlockTraining");
  static final ClassName BLOCK_INFERENCE = ClassName.get(NETWORK, "BlockInference");
  static final ClassName GRAPH_BUILDER = ClassName.get(NETWORK, "GraphBuilder");
  static final ClassName LAYERS = ClassName.get(LAYER, "Layers");
  static final ClassName CONV = ClassName.get(LAYER, "Conv");
  static final ClassName BATCH_NORM = ClassName.get(LAYER, "BatchNorm");
  static final ClassName MAX_POOL = ClassName.get(LAYER, "MaxPool");
  static final ClassName AVERAGE_POOL = ClassName.get(LAYER, "AveragePool");
  static final ClassName SUBSAMPLING = ClassName.get(LAYER, "Subsampling");
  static final ClassName DENSE = ClassName.get(LAYER, "Dense");
  static final ClassName DROPOUT = ClassName.get(LAYER, "Dropout");
  static final ClassName DROPOUT_TRAINING = ClassName.get(LAYER, "DropoutTraining");
  static final ClassName CONV_TRAINING = ClassName.get(LAYER, "ConvTraining");
  static final ClassName CONV_INFERENCE = ClassName.get(LAYER, "ConvInference");
  static final ClassName BATCH_NORM_TRAINING = ClassName.get(LAYER, "BatchNormTraining");
  static final ClassName BATCH_NORM_INFERENCE = ClassName.get(LAYER, "BatchNormInference");
  static final ClassName MAX_POOL_TRAINING = ClassName.get(LAYER, "MaxPoolTraining");
  static final ClassName AVERAGE_POOL_TRAINING = ClassName.get(LAYER, "AveragePoolTraining");
  static final ClassName SUBSAMPLING_TRAINING = ClassName.get(LAYER, "SubsamplingTraining");
  static final ClassName POOL_INFERENCE = ClassName.get(LAYER, "PoolInference");
  static final ClassName DENSE_TRAINING = ClassName.get(LAYER, "DenseTraining");
  static final ClassName DENSE_INFERENCE = ClassName.get(LAYER, "DenseInference");
  static final ClassName TRAINING_CONTEXT = ClassName.get(LAYER, "TrainingContext");
  static final ClassName INFERENCE_CONTEXT = ClassName.get(LAYER, "InferenceContext");
  static final ClassName FOLDED_WEIGHTS = ClassName.get(LAYER, "FoldedWeights");
  static final ClassName GATE = ClassName.get(LAYER, "Gate");
  static final ClassName GATE_TRAINING = ClassName.get(LAYER, "GateTraining");
  static final ClassName GATE_INFERENCE = ClassName.get(LAYER, "GateInference");
  static final ClassName CONCATENATION = ClassName.get(LAYER, "Concatenation");
  static final ClassName CONCATENATION_PASS = ClassName.get(LAYER, "ConcatenationPass");
  static final ClassName JOIN = ClassName.get(LAYER, "Join");
  static final ClassName WINDOW = ClassName.get(TENSOR, "Window");
  static final ClassName SHAPE = ClassName.get(TENSOR, "Shape");
  static final ClassName TENSOR_TYPE = ClassName.get(TENSOR, "Tensor");
  static final ClassName ARENA_PLAN = ClassName.get(TENSOR, "ArenaPlan");
  static final ClassName OPERAND = ClassName.get(KERNEL, "Operand");
  static final ClassName EPILOGUE = ClassName.get(KERNEL, "Epilogue");
  static final ClassName INITIALIZER = ClassName.get(TRAIN, "KernelInitializer");
  static final ClassName INITIALIZERS = ClassName.get(TRAIN, "KernelInitializers");

  private static final String PROCESSOR = "dev.lanewise.processor.LanewiseProcessor";

  private Types() {}

  /** Returns the mark of generated classes. */
  static AnnotationSpec generated() {
    return AnnotationSpec.builder(GENERATED).addMember("value", "$S", PROCESSOR).build();
  }

  /** Returns JavaPoet's name of a declared type, which may be nested. */
  static ClassName of(TypeRef type) {
    String[] names = type.name().split("\\.");
    String[] inner = Arrays.copyOfRange(names, 1, names.length);
    return ClassName.get(type.packageName(), names[0], inner);
  }
}
