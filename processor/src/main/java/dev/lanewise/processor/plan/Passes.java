package dev.lanewise.processor.plan;

/**
 * The passes of a class.
 *
 * @param forward training's forward pass
 * @param backward the backward pass
 * @param inference inference's forward pass
 * @param outputGradient what the class does with the gradient of its output while the block above
 *     makes it; {@link Value#NOTHING} where it does nothing
 */
public record Passes(Pass forward, Pass backward, Pass inference, Value outputGradient) {}
