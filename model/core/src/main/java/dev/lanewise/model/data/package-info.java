/**
 * Labelled images for training and evaluation: HDF5 files in the form of the SIGNS data set,
 * folders of JPEG and PNG files, and a data set that the program draws itself. {@link
 * dev.lanewise.model.data.Datasets} opens them, {@link dev.lanewise.model.data.Batches} feeds them
 * to training.
 */
package dev.lanewise.model.data;
