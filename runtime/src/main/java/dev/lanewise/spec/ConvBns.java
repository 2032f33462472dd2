package dev.lanewise.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Holds several {@link ConvBn}; written by the compiler. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ConvBns {
  /** {@return the units, in the order of the file} */
  ConvBn[] value();
}
