/**
 * Model files: plain snapshots of trained networks, and their HDF5 form in Keras's group layout.
 *
 * <p>Nothing here knows the runtime's networks; {@link dev.lanewise.formats.SavedModel} is what
 * goes into a file and what comes out of it.
 */
package dev.lanewise.formats;
