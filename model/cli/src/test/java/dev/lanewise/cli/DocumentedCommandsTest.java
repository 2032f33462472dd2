package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command line understands the commands that the documents show. */
class DocumentedCommandsTest {
  /**
   * A line of code that calls the launch script, or such a call or a command's name in a sentence.
   */
  private static final Pattern CALL =
      Pattern.compile(
          "(?m)^(?: {4})?(?:\\./)?lanewise ([a-z-].*)$|`(?:\\./)?lanewise ([a-z-][^`]*)`");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @Test
  void areUnderstood() {
    int commands = 0;
    for (Path file : Documents.files()) {
      String text = Documents.read(file).replaceAll("\\\\\n *", "");
      Matcher calls = CALL.matcher(text);
      while (calls.find()) {
        String call = calls.group(1) == null ? calls.group(2) : calls.group(1);
        if (calls.group(1) == null && Main.newCommandLine().getSubcommands().containsKey(call)) {
          continue;
        }
        String[] words = words(call.replaceAll(" +# .*", ""));
        assertThatCode(() -> Main.newCommandLine().parseArgs(words))
            .as(Documents.ROOT.relativize(file) + ": " + call)
            .doesNotThrowAnyException();
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(10);
  }

  private static String[] words(String call) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(call);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words.toArray(String[]::new);
  }
}
