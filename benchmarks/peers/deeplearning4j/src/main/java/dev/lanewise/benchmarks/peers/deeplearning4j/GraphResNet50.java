package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Work;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The tutorials' ResNet50, by Deeplearning4j's builders; its own zoo's fails at 64x64. */
final class GraphResNet50 {
  private static final double EPSILON = 1e-3;
  private static final int[] REPEATS = {3, 4, 6, 3};
  private static final int EXPANSION = 4;

  private final ComputationGraphConfiguration.GraphBuilder graph;
  private String last = "input";

  private GraphResNet50() {
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.XAVIER)
            .activation(Activation.IDENTITY)
            .convolutionMode(ConvolutionMode.Truncate)
            .updater(new Adam(1e-3))
            .graphBuilder()
            .addInputs("input");
  }

  /** Builds the network, and checks its size. */
  static ComputationGraph build(Work work) {
    ComputationGraph network = new ComputationGraph(new GraphResNet50().describe(work.size()));
    network.init();
    NetworkProblem.checkParameters(
        work,
        network.paramTable().entrySet().stream()
            .filter(entry -> entry.getKey().matches(".*_(W|b|gamma|beta)"))
            .mapToLong(entry -> entry.getValue().length())
            .sum());
    return network;
  }

  /** Returns the input [N,3,H,W]. */
  static INDArray images(Work work) {
    int size = work.size();
    return Nd4j.create(NetworkProblem.planes(work), new long[] {work.images(), 3, size, size}, 'c');
  }

  private ComputationGraphConfiguration describe(int size) {
    convBn("conv1", 64, 7, 2, 3);
    relu("conv1");
    pool("max_pool", SubsamplingLayer.PoolingType.MAX, 3, ConvolutionMode.Truncate);
    int filters = 64;
    for (int stage = 0; stage < REPEATS.length; stage++) {
      for (int block = 0; block < REPEATS[stage]; block++) {
        boolean first = block == 0;
        String name = (stage + 2) + String.valueOf((char) ('a' + block));
        bottleneck(name, filters, first && stage > 0 ? 2 : 1, first);
      }
      filters *= 2;
    }
    // An uneven last map is averaged at its edge over what there is.
    pool("avg_pool", SubsamplingLayer.PoolingType.AVG, 2, ConvolutionMode.Same);
    graph.addLayer(
        "dense",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(Work.CLASSES)
            .activation(Activation.SOFTMAX)
            .build(),
        last);
    graph.setOutputs("dense");
    return graph.setInputTypes(InputType.convolutional(size, size, 3)).build();
  }

  private void convBn(String name, int filters, int window, int stride, int padding) {
    graph.addLayer(
        name,
        new ConvolutionLayer.Builder(window, window)
            .nOut(filters)
            .stride(stride, stride)
            .padding(padding, padding)
            .build(),
        last);
    graph.addLayer(name + "_bn", new BatchNormalization.Builder().eps(EPSILON).build(), name);
    last = name + "_bn";
  }

  private void relu(String name) {
    graph.addLayer(name + "_relu", new ActivationLayer(Activation.RELU), last);
    last = name + "_relu";
  }

  private void pool(
      String name, SubsamplingLayer.PoolingType type, int size, ConvolutionMode mode) {
    SubsamplingLayer.Builder pool =
        new SubsamplingLayer.Builder(type).kernelSize(size, size).stride(2, 2);
    pool.convolutionMode(mode);
    graph.addLayer(name, pool.build(), last);
    last = name;
  }

  private void bottleneck(String name, int filters, int stride, boolean projects) {
    String input = last;
    convBn(name + "_2a", filters, 1, stride, 0);
    relu(name + "_2a");
    convBn(name + "_2b", filters, 3, 1, 1);
    relu(name + "_2b");
    convBn(name + "_2c", EXPANSION * filters, 1, 1, 0);
    String units = last;
    last = input;
    if (projects) {
      convBn(name + "_1", EXPANSION * filters, 1, stride, 0);
    }
    graph.addVertex(name + "_add", new ElementWiseVertex(ElementWiseVertex.Op.Add), units, last);
    last = name + "_add";
    relu(name);
  }
}
