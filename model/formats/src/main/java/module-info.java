/** Model and weight files: what they hold, and how it is read and written. */
@SuppressWarnings("module") // What is exported to is built later.
module dev.lanewise.formats {
  exports dev.lanewise.formats;
  exports dev.lanewise.formats.saved;
  exports dev.lanewise.formats.hdf5 to
      dev.lanewise.model;
  exports dev.lanewise.formats.io to
      dev.lanewise.cli,
      dev.lanewise.model;
  exports dev.lanewise.formats.keras to
      dev.lanewise.model;
  exports dev.lanewise.formats.safetensors to
      dev.lanewise.model;
  exports dev.lanewise.formats.torch to
      dev.lanewise.model;

  requires transitive dev.lanewise.runtime;
  requires com.google.gson;
  requires dev.lanewise.onnx;
  requires io.jhdf;
  // jHDF is no module of its own and cannot say what it needs.
  requires com.ning.compress.lzf;
  requires org.apache.commons.lang3;
  requires org.slf4j;
}
