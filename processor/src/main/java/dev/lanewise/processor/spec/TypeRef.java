package dev.lanewise.processor.spec;

/**
 * A type by its name.
 *
 * @param packageName the package; empty for the unnamed package
 * @param name the name in the package; a nested type's with the outer types': {@code "Outer.Inner"}
 */
public record TypeRef(String packageName, String name) {}
