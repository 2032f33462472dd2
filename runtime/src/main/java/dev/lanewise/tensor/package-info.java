/** Shapes, tensors and the arena that holds them. */
package dev.lanewise.tensor;
