/** Safetensors, and PyTorch's order of arrays and their axes. */
package dev.lanewise.formats.safetensors;
