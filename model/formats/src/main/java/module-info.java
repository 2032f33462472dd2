/** Model and weight files: what they hold, and how it is read and written. */
module dev.lanewise.formats {
  exports dev.lanewise.formats;

  requires transitive dev.lanewise.runtime;
  requires com.google.gson;
  requires io.jhdf;
}
