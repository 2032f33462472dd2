/** The command line. */
module dev.lanewise.cli {
  opens dev.lanewise.cli to
      info.picocli;

  requires dev.lanewise.model;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires jdk.unsupported; // Signals, by reflection.
}
