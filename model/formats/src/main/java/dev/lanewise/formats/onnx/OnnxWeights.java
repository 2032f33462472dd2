package dev.lanewise.formats.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.onnx.ModelProto;
import dev.lanewise.onnx.NodeProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the weights of ONNX files, whole into memory. */
public final class OnnxWeights {
  /** The tag of the first field, the format's version, which all producers write first. */
  private static final int VERSION_TAG = 8;

  /** Versions are small, and no text begins with such a byte. */
  private static final int MOST_VERSION = 31;

  private static final int MOST_MIB = Integer.MAX_VALUE >> 20;

  private OnnxWeights() {}

  /** Returns whether the first bytes of a file are those of an ONNX file. */
  public static boolean begins(ByteBuffer start) {
    return start.capacity() > 2
        && start.get(0) == VERSION_TAG
        && start.get(1) > 0
        && start.get(1) <= MOST_VERSION;
  }

  /**
   * Reads a file.
   *
   * @throws FormatException saying what is wrong with it
   */
  public static SavedWeights read(FileChannel file) throws IOException {
    if (file.size() > Integer.MAX_VALUE) {
      throw new FormatException("an ONNX file has at most " + MOST_MIB + " MiB, and it has more");
    }
    ModelProto model = parse(file);
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new FormatException("it holds no graph of ONNX");
    }
    Operations operations = new Operations(model.getGraph());
    return new SavedWeights(
        "ONNX" + (model.getProducerName().isEmpty() ? "" : " of " + model.getProducerName()),
        layers(model, new NodeLayers(operations)),
        false,
        false,
        null,
        network -> GraphMatching.match(operations, network),
        Map.of());
  }

  private static ModelProto parse(FileChannel file) throws IOException {
    try {
      CodedInputStream in =
          CodedInputStream.newInstance(new BufferedInputStream(Channels.newInputStream(file)));
      in.setSizeLimit(Integer.MAX_VALUE);
      return ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new FormatException("it is no ONNX file, or damaged or cut off", e);
    }
  }

  /** Returns all layers with weights, in the graph's order. */
  private static List<SavedLayer> layers(ModelProto model, NodeLayers nodes) {
    List<SavedLayer> layers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try {
      for (NodeProto node : model.getGraph().getNodeList()) {
        SavedLayer layer =
            switch (node.getOpType()) {
              case "Conv" -> nodes.convolution(node);
              case "Gemm", "MatMul" -> nodes.dense(node);
              case "BatchNormalization" -> nodes.norm(node);
              default -> null;
            };
        if (layer != null && names.add(layer.name())) {
          layers.add(layer);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(e.getMessage(), e);
    }
    return layers;
  }
}
