package dev.lanewise.formats.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Keeps jHDF's log quiet where slf4j-simple prints it, which by its default would be some 800 lines
 * for a model. Loggers are made with jHDF's classes, so this comes before them; what the user says
 * of jHDF's log stands. Other loggers go by their own settings.
 */
final class JhdfLog {
  private static final String LEVEL = "org.slf4j.simpleLogger.log.io.jhdf";
  private static final String FILE = "simplelogger.properties";

  static {
    if (System.getProperty(LEVEL) == null && !isInFile()) {
      System.setProperty(LEVEL, "error");
    }
  }

  private JhdfLog() {}

  /** Has an effect at its first call, which must come before the first use of jHDF. */
  static void quiet() {}

  private static boolean isInFile() {
    try (InputStream file = ClassLoader.getSystemResourceAsStream(FILE)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(LEVEL));
    } catch (IOException | IllegalArgumentException e) {
      // The logger cannot read it either.
      return false;
    }
  }
}
