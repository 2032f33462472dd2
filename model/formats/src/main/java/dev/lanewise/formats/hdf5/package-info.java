/** HDF5 by jHDF, with the checks that jHDF leaves to its callers. */
package dev.lanewise.formats.hdf5;
