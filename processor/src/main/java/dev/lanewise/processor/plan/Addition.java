package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.NamePattern;

/**
 * How a block's addition is described; names in which stage and block may still be placeholders are
 * null for Keras's numbers.
 *
 * @param shortcutFirst whether it names the shortcut first
 * @param name its name
 * @param activationName name of the activation that follows
 */
public record Addition(boolean shortcutFirst, NamePattern name, NamePattern activationName) {}
