package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.spec.InitializerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What follows the stages.
 *
 * @param name the class's simple name
 * @param pool the pooling; null for none
 * @param dense the dense layers, in order
 * @param initializer how the dense kernels start
 * @param passes the passes
 */
public record HeadPlan(
    String name, PoolPlan pool, List<DensePlan> dense, InitializerSpec initializer, Passes passes)
    implements ClassPlan {
  /** Copies the list. */
  public HeadPlan {
    dense = List.copyOf(dense);
  }

  @Override
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    if (pool != null) {
      layers.add(pool.layer());
    }
    for (DensePlan one : dense) {
      if (one.drops()) {
        layers.add(one.dropoutLayer());
      }
      layers.add(one.layer());
      if (one.normalized()) {
        layers.add(one.bn());
      }
    }
    return layers;
  }

  /** Returns the layers on the way that change the shape. */
  public List<Layer> reshaping() {
    return layers().stream()
        .filter(layer -> layer.type() != LayerType.DROPOUT)
        .filter(layer -> layer.type() != LayerType.BATCH_NORM)
        .toList();
  }

  @Override
  public Map<Layer, Layer> sources() {
    Map<Layer, Layer> sources = new HashMap<>();
    Layer before = null;
    for (Layer layer : layers()) {
      if (before != null) {
        sources.put(layer, before);
      }
      before = layer;
    }
    return sources;
  }
}
