package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.InitializerSpec;
import java.util.List;
import java.util.Map;

/**
 * What comes before the stages; makes no gradient of its input.
 *
 * @param name the class's simple name
 * @param path the units and the pooling
 * @param initializer how the kernels start
 * @param passes the passes
 */
public record StemPlan(String name, ConvPath path, InitializerSpec initializer, Passes passes)
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
