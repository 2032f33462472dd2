/** Networks, data sets, training and classifying. */
module dev.lanewise.model {
  exports dev.lanewise.model;
  exports dev.lanewise.model.data;
  exports dev.lanewise.model.network;
  exports dev.lanewise.model.plot;

  requires transitive dev.lanewise.formats;
  requires transitive dev.lanewise.runtime;
  requires transitive java.desktop;
  requires io.jhdf;
  requires static java.compiler;
}
