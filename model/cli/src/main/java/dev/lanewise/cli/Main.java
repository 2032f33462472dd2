package dev.lanewise.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's entry. */
@Command(
    name = "lanewise",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Trains and uses ResNets on the cores of this machine.",
    description = {
      "",
      "Without a file or an argument, 'lanewise train' draws a data set of hands that hold up 0"
          + " to 5 fingers, trains on it and saves the model.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  lanewise train",
      "  lanewise train --data photos --epochs 20 --save photos.h5",
      "  lanewise evaluate --model photos.h5 --data photos",
      "  lanewise predict --model photos.h5 cat.jpg dog.jpg",
      "  lanewise export --model photos.h5 --out photos.onnx",
      "  lanewise serve --model photos.h5",
      "  lanewise features --model photos.h5 --nearest cat.jpg photos",
      "  lanewise explain --model photos.h5 cat.jpg --out heat.png",
      "  lanewise plot --out resnet50.svg",
      "  lanewise preview --augment flip,rotate --out sheet.png",
      "  lanewise --class-path my.jar train --network mynet --data photos",
      "",
      "'lanewise COMMAND --help' describes a command.",
      "Exit codes: 0 done; 2 a mistake in the arguments or files, or results that cannot be"
          + " printed, told in one line; 1 a defect of the program; 130 and 143 a training that"
          + " Ctrl-C or a request to end (SIGTERM) has"
          + " stopped, and that is saved."
    },
    subcommands = {
      TrainCommand.class,
      FindRateCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      SummaryCommand.class,
      PlotCommand.class,
      PreviewCommand.class,
      ExportCommand.class,
      ServeCommand.class,
      FeaturesCommand.class,
      ExplainCommand.class
    })
public final class Main implements Runnable {
  static final String CLASS_PATH = "--class-path";

  @Spec private CommandSpec spec;

  @Option(
      names = CLASS_PATH,
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description =
          "Jars and folders with networks and data formats of your own, with"
              + " '${sys:path.separator}' between them. Default: what the environment's "
              + OwnClasses.VARIABLE
              + " says.")
  private String classPath;

  private List<String> arguments = List.of();

  /** Runs the command line and exits. */
  public static void main(String[] args) {
    // Of what libraries tell, a user of the command line sees warnings; another setting stands.
    setIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    // No window is ever opened, and macOS would show one in its dock for Java2D.
    setIfAbsent("java.awt.headless", "true");
    StandardOutput output = StandardOutput.install();
    CommandLine line = newCommandLine();
    int code = Mistakes.execute(line, args);
    System.exit(Mistakes.ofOutput(line, output, code));
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Returns the command line, with mistakes told in one line each. */
  static CommandLine newCommandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    line.setExecutionStrategy(new ConfiguredCommand(main, new OwnClasses(main)));
    Conversions.register(line);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Mistakes::inArguments);
    line.setExecutionExceptionHandler(Mistakes::whileRunning);
    return line;
  }

  /** Returns what the option says; null where it is not given. */
  String classPath() {
    return classPath;
  }

  /** Remembers what the user typed. */
  void setArguments(List<String> typed) {
    arguments = List.copyOf(typed);
  }

  /** Returns what the user typed. */
  List<String> arguments() {
    return arguments;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Tells the version that the module was built with. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Lanewise " + text() + ", Java " + Runtime.version()};
    }

    static String text() {
      java.lang.module.ModuleDescriptor module = Main.class.getModule().getDescriptor();
      return module == null ? "" : module.rawVersion().orElse("");
    }
  }
}
