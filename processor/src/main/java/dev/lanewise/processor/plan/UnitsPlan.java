package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.InitializerSpec;
import java.util.List;
import java.util.Map;

/**
 * What comes before the stages, and makes no gradient of its input; or units that follow them.
 *
 * @param name the class's simple name
 * @param stem whether it comes before
 * @param path the units, and a stem's pooling
 * @param initializer how the kernels start
 * @param passes the passes
 */
public record UnitsPlan(
    String name, boolean stem, ConvPath path, InitializerSpec initializer, Passes passes)
    implements ClassPlan {
  @Override
  public List<Value.Layer> layers() {
    return path.layers();
  }

  @Override
  public Map<Value.Layer, Value.Layer> sources() {
    return path.sources();
  }
}
