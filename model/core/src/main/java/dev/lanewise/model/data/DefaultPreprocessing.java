package dev.lanewise.model.data;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says, beside {@link dev.lanewise.spec.Network}, how a network takes images unless it is told
 * otherwise: as its family's weights were trained. Without it pixels are rescaled.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DefaultPreprocessing {
  /** {@return the preprocessing} */
  StandardPreprocessing value();
}
