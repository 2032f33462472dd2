package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help on the narrowest usual terminal. */
class HelpTest {
  private static final int COLUMNS = 80;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "train", "find-lr", "evaluate", "predict", "summary", "plot", "preview"})
  void whatIsLaidOutByHandKeepsItsLines(String command) {
    CommandLine line = Main.newCommandLine();
    if (!command.isEmpty()) {
      line = line.getSubcommands().get(command);
    }
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(COLUMNS);
    List<String> shown = line.getUsageMessage().lines().toList();
    assertThat(shown).allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(COLUMNS));
    assertThat(indented(line.getCommandSpec().usageMessage().description())).isSubsetOf(shown);
    assertThat(indented(line.getCommandSpec().usageMessage().footer())).isSubsetOf(shown);
  }

  /** Lists and examples are indented; all else is a text, which may be broken anywhere. */
  private static List<String> indented(String[] lines) {
    return Arrays.stream(lines).filter(text -> text.startsWith("  ")).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'*,!fc*'", "glorot_uniform(seed=0)", "random_uniform(min=-0.05,max=0.05)"})
  void whatIsTypedIsNotBroken(String typed) {
    CommandLine train = Main.newCommandLine().getSubcommands().get("train");
    train.setUsageHelpAutoWidth(false);
    train.setUsageHelpWidth(COLUMNS);
    assertThat(train.getUsageMessage().lines()).anyMatch(text -> text.contains(typed));
  }
}
