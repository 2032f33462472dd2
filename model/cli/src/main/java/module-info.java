/** The command line. */
module dev.lanewise.cli {
  opens dev.lanewise.cli to
      info.picocli;

  requires com.google.gson;
  requires dev.lanewise.model;
  requires info.picocli;
  requires java.management;
  requires jdk.httpserver;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires org.snakeyaml.engine.v2;
  requires jdk.unsupported; // Signals, by reflection.
}
