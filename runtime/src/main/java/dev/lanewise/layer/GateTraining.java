package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.gate.GateKernel;
import dev.lanewise.kernel.gate.GatedOperand;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** A gate in a training pass. */
public final class GateTraining extends LayerTraining implements Branch {
  private final GateKernel kernel;

  GateTraining(Gate layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.kernel = new GateKernel(context.scratch());
  }

  @Override
  public void setGain(double gain) {
    kernel.setGain((float) gain);
  }

  /**
   * gate = function(raw).
   *
   * @param raw [N,1,1,C]
   * @param gate [N,1,1,C], overwritten
   * @param function makes the gate's values
   */
  public void forward(Tensor raw, Tensor gate, Activation function) {
    kernel.forward(raw, gate, PointwiseFunctions.of(function));
  }

  /**
   * {@return what reads map * gate}
   *
   * @param map read as [N,H,W,C]
   * @param gate [N,1,1,C], used as it is when values are read
   */
  public Operand gated(Operand map, Tensor gate) {
    return new GatedOperand(map, gate);
  }

  /**
   * Overwrites what the gate was made of by its gradient, unless no one reads it.
   *
   * @param dGated gradient of map * gate, [N,H,W,C]
   * @param map read as [N,H,W,C]
   * @param raw [N,1,1,C]: what forward read, and then its gradient
   * @param function as forward's
   */
  public void backwardGate(Tensor dGated, Operand map, Tensor raw, Activation function) {
    if (inputTrained()) {
      kernel.backwardGate(dGated, map, raw, PointwiseFunctions.of(function));
    }
  }

  /**
   * dMap = epilogue(gradient of the map, also by its average), unless no one reads it.
   *
   * @param dGated gradient of map * gate, [N,H,W,C]
   * @param gate [N,1,1,C]
   * @param dAverage gradient of each image's average, [N,1,1,C]
   * @param dMap [N,H,W,C], overwritten; may be dGated
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public void backwardData(
      Tensor dGated, Tensor gate, Tensor dAverage, Tensor dMap, Epilogue epilogue) {
    if (inputTrained()) {
      kernel.backwardMap(dGated, gate, dAverage, dMap, epilogue);
    }
  }
}
