package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import java.util.List;
import java.util.Map;

/**
 * What follows the stages.
 *
 * @param name the class's simple name
 * @param pool the pooling; null for none
 * @param denseName the dense layer's name
 * @param initializer how the dense kernel starts
 * @param passes the passes
 */
public record HeadPlan(
    String name, PoolPlan pool, NamePattern denseName, InitializerSpec initializer, Passes passes)
    implements ClassPlan {
  /** The dense layer. */
  public static final Value.Layer DENSE = new Value.Layer(LayerType.DENSE, "dense");

  @Override
  public List<Value.Layer> layers() {
    return pool == null ? List.of(DENSE) : List.of(pool.layer(), DENSE);
  }

  @Override
  public Map<Value.Layer, Value.Layer> sources() {
    return pool == null ? Map.of() : Map.of(DENSE, pool.layer());
  }
}
