package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way through a stem or a block: units, what is added to the last, and a pooling.
 *
 * @param pre the normalisation of the input; null for none
 * @param units the units, in order
 * @param shortcut NONE, IDENTITY, PROJECTION or CONCATENATION
 * @param projection the unit on the shortcut; null where there is none
 * @param shortcutPool the pooling in front of it; null where there is none
 * @param subsampling 1x1 window of the strides that the identity takes; null for none
 * @param activation what follows the last unit and the addition
 * @param pool the pooling at the end; null for none
 */
public record ConvPath(
    NormPlan pre,
    List<UnitPlan> units,
    Shortcut shortcut,
    UnitPlan projection,
    ShortcutPool shortcutPool,
    Window subsampling,
    Activation activation,
    PoolPlan pool) {
  /** The layer that takes the strides of an identity. */
  public static final Layer SUBSAMPLING = new Layer(LayerType.SUBSAMPLING, "subsampling");

  /** The layer that puts the last unit's channels beside those of the input. */
  public static final Layer CONCATENATION = new Layer(LayerType.CONCATENATION, "concatenation");

  /** Copies the list. */
  public ConvPath {
    units = List.copyOf(units);
  }

  /** Returns the last unit, to whose result the shortcut is added. */
  public UnitPlan last() {
    return units.get(units.size() - 1);
  }

  /** Returns all units: those in order, each with its gate's convolutions, and the projection. */
  public List<UnitPlan> allUnits() {
    List<UnitPlan> all = new ArrayList<>();
    for (UnitPlan unit : units) {
      all.add(unit);
      if (unit.gate() != null) {
        all.add(unit.gate().reduce());
        all.add(unit.gate().expand());
      }
    }
    if (projection != null) {
      all.add(projection);
    }
    return all;
  }

  /** Returns all layers, in the order in which they are made. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    if (pre != null) {
      layers.add(pre.bn());
    }
    for (UnitPlan unit : units) {
      layers.addAll(unit.layers());
      if (unit.gate() != null) {
        layers.addAll(unit.gate().layers());
      }
    }
    if (shortcutPool != null) {
      layers.add(ShortcutPool.LAYER);
    }
    if (projection != null) {
      layers.addAll(projection.layers());
    }
    if (subsampling != null) {
      layers.add(SUBSAMPLING);
    }
    if (concatenates()) {
      layers.add(CONCATENATION);
    }
    if (pool != null) {
      layers.add(pool.layer());
    }
    return layers;
  }

  /** Returns for each layer the one whose result it reads; none for those that read the input. */
  Map<Layer, Layer> sources() {
    Map<Layer, Layer> sources = new HashMap<>();
    Layer before = pre == null ? null : pre.bn();
    if (shortcutPool != null && before != null) {
      sources.put(ShortcutPool.LAYER, before);
    }
    if (projection != null) {
      addSources(projection, shortcutPool == null ? before : ShortcutPool.LAYER, sources);
    }
    for (UnitPlan unit : units) {
      addSources(unit, before, sources);
      if (unit.gate() != null) {
        addSources(unit.gate(), unit.result(), sources);
      }
      before = unit.end();
    }
    if (pool != null) {
      sources.put(pool.layer(), before);
    }
    return sources;
  }

  private static void addSources(GatePlan gate, Layer map, Map<Layer, Layer> sources) {
    sources.put(gate.squeeze(), map);
    sources.put(gate.reduce().conv(), gate.squeeze());
    sources.put(gate.expand().conv(), gate.reduce().conv());
    sources.put(gate.gate(), gate.expand().conv());
  }

  private static void addSources(UnitPlan unit, Layer before, Map<Layer, Layer> sources) {
    if (before != null) {
      sources.put(unit.conv(), before);
    }
    if (unit.normalized()) {
      sources.put(unit.bn(), unit.conv());
    }
  }

  /** Returns whether something is added to the last unit. */
  public boolean adds() {
    return shortcut != Shortcut.NONE && !concatenates();
  }

  /** Returns whether the last unit's channels are put beside those of the input. */
  public boolean concatenates() {
    return shortcut == Shortcut.CONCATENATION;
  }

  /** Returns whether the shortcut is a projection, with a normalisation or without. */
  boolean projects(boolean normalized) {
    return projection != null && projection.normalized() == normalized;
  }

  /** Returns the operand through which a unit reads what is before it, by the unit's index. */
  View source(int unit) {
    if (unit > 0) {
      return units.get(unit - 1).u();
    }
    return pre == null ? Given.X_IN : pre.a();
  }

  /** Returns the operand through which the projection reads x. */
  View projectionSource() {
    return shortcutPool == null ? source(0) : ShortcutPool.POOLED_IN;
  }

  /** Returns whether the pooling reads the last unit as another unit would: nothing is added. */
  boolean poolsUnit() {
    return pool != null && !adds() && !gatesMap();
  }

  /** Returns whether the last unit is multiplied by a gate before the shortcut is added. */
  public boolean gatesMap() {
    return last().gate() != null;
  }

  /** Returns whether a pass of its own makes the map of what convolutions wrote. */
  boolean joins() {
    return !poolsUnit() && !writesMap();
  }

  /** Returns whether the last convolution writes the map, rather than a tensor of its own. */
  boolean writesMap() {
    return !poolsUnit()
        && !last().normalized()
        && !gatesMap()
        && !projects(true)
        && activation.resultTellsDerivative();
  }

  /**
   * Returns whether the shortcut is made where the map will stand, before the sum is: unless the
   * derivative needs the sum again.
   */
  boolean shortcutStandsInMap() {
    return (subsampling != null || projects(false)) && activation.resultTellsDerivative();
  }

  /** Returns training's tensor for what the class hands on. */
  Tensor out() {
    return pool == null ? map() : pool.output("out", poolsUnit() ? last().y() : map());
  }

  /** Returns training's tensor for the activated sum, which the pooling, if any, reads. */
  Tensor map() {
    return new Tensor(
        pool == null ? "out" : "map",
        writesMap()
            ? new TensorShape.Output(last().conv(), last().in())
            : new TensorShape.Same(last().y()));
  }

  /** Returns the gradient of that sum. */
  Tensor mapGradient() {
    return pool == null ? Given.D_OUT : new Tensor("dMap", new TensorShape.Same(map()));
  }

  /** Returns what training adds to the last unit where the shortcut has no normalisation. */
  Tensor addend() {
    if (shortcutStandsInMap()) {
      return map();
    }
    if (subsampling != null) {
      return new Tensor("shortcut", new TensorShape.Output(SUBSAMPLING, Given.X));
    }
    return projection == null ? Given.X : projection.y();
  }

  /** Returns what makes the map of the last normalisation and the shortcut. */
  View join() {
    Value.Type type = new Value.Type(ViewType.JOIN);
    Value.Function function = new Value.Function(activation);
    Layer end = last().result();
    Tensor y = last().y();
    List<Value> arguments = new ArrayList<>(List.of(end, y));
    if (gatesMap()) {
      arguments.addAll(List.of(last().gate().gate(), last().gate().values()));
    }
    String method = projects(true) ? "projection" : adds() ? "identity" : "plain";
    if (projects(true)) {
      arguments.addAll(List.of(projection.bn(), projection.y()));
    } else if (adds()) {
      arguments.add(addend());
    }
    arguments.addAll(List.of(function, map()));
    if (gatesMap()) {
      method = "gated" + Character.toUpperCase(method.charAt(0)) + method.substring(1);
    }
    return new View(ViewType.JOIN, "join", new Call(type, method, arguments));
  }

  /**
   * Returns what is done with the gradient of the map while the pooling or the block above makes
   * it: the activation's derivative, and the sums; nothing where the last convolution writes a bare
   * sum.
   */
  Value mapSums() {
    if (joins()) {
      return ConvPlanner.outSums(join());
    }
    return writesMap() && activation != Activation.NONE
        ? UnitPlan.gradientSums("outSums", last().conv(), map(), activation)
        : Value.NOTHING;
  }

  /** Returns the operand that reads the gradient of what a convolution makes. */
  View outputGradient(UnitPlan unit) {
    if (unit.normalized() || !isAtTheEnd(unit)) {
      return unit.dy();
    }
    if (concatenates()) {
      return ConcatenationPlanner.ADDED_GRADIENT;
    }
    return pool == null ? Given.D_OUT_IN : View.operand("dMapIn", mapGradient());
  }

  /** Returns the gradient of the normalisation of a unit. */
  Tensor gradient(UnitPlan unit) {
    return isAtTheEnd(unit) ? mapGradient() : unit.dz();
  }

  private boolean isAtTheEnd(UnitPlan unit) {
    return !poolsUnit() && (unit.equals(projection) || unit.equals(last()) && !gatesMap());
  }
}
