package dev.lanewise.processor.writer;

import com.palantir.javapoet.JavaFile;
import java.util.regex.Pattern;

/** The last touch on the text. */
final class Layout {
  /** An empty line between a field and a field without Javadoc or annotation. */
  private static final Pattern BETWEEN_FIELDS =
      Pattern.compile("(?<=;)\\n\\n(?=  private (static )?(final )?[\\w.]+ \\w+( =[^;]*)?;\\n)");

  /** A Javadoc comment of one line. */
  private static final Pattern ONE_LINE = Pattern.compile("/\\*\\*\\n +\\* ([^\\n]*)\\n +\\*/");

  private Layout() {}

  /** Returns the file's text, where the fields of a group stand together. */
  static String text(JavaFile file) {
    String grouped = BETWEEN_FIELDS.matcher(file.toString()).replaceAll("\n");
    return ONE_LINE.matcher(grouped).replaceAll("/** $1 */");
  }
}
