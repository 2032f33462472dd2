/** The layouts of Keras: its HDF5 files, its archives, its description of a model. */
package dev.lanewise.formats.keras;
