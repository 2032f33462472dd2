/**
 * Files of models and weights: HDF5 in Keras's layouts, safetensors in PyTorch's.
 *
 * <p>{@link dev.lanewise.formats.saved.SavedModel} is what goes into a file and what comes out of
 * it. Nothing here runs a network: of one only the description of its layers is known, {@link
 * dev.lanewise.network.LayerInfo}.
 */
package dev.lanewise.formats;
