/** ResNet50, data sets, model files, the training loop and the command line. */
module dev.lanewise.model {
  exports dev.lanewise.model;
  exports dev.lanewise.model.data;
  exports dev.lanewise.model.files;
  exports dev.lanewise.model.network;
  exports dev.lanewise.model.plot;

  opens dev.lanewise.model.cli to
      info.picocli;

  requires transitive dev.lanewise.runtime;
  requires transitive java.desktop;
  requires com.google.gson;
  requires io.jhdf;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires org.slf4j;
  requires static java.compiler;
}
