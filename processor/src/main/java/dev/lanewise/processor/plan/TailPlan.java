package dev.lanewise.processor.plan;

import java.util.List;
import java.util.Map;

/**
 * A normalisation between stages and head.
 *
 * @param name the class's simple name
 * @param channels channels of the last map
 * @param norm the normalisation and its activation
 * @param passes the passes
 */
public record TailPlan(String name, int channels, NormPlan norm, Passes passes)
    implements ClassPlan {
  @Override
  public List<Value.Layer> layers() {
    return List.of(norm.bn());
  }

  @Override
  public Map<Value.Layer, Value.Layer> sources() {
    return Map.of();
  }
}
