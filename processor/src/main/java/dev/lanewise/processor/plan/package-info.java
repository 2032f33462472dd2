/**
 * Decides what is generated: which blocks share a class, which operations are fused into which
 * call, and when each tensor lives. Plain Java, which knows neither javac nor JavaPoet.
 */
package dev.lanewise.processor.plan;
