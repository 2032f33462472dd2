package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void columnsAreTheSecondNumberOfStty() {
    assertThat(Terminal.columns(Terminal.STTY, "24 80\n")).hasValue(80);
    assertThat(Terminal.columns(Terminal.STTY, "0 0\n")).isEmpty();
    assertThat(Terminal.columns(Terminal.STTY, "stty: not a terminal")).isEmpty();
  }

  @Test
  void columnsAreTheSecondNumberOfModeInAnyLanguage() {
    String answer =
        """

        Status von Gerät CON:
        ---------------------
            Zeilen:          9001
            Spalten:         120
            Wiederholrate:   31
        """;
    assertThat(Terminal.columns(Terminal.MODE, answer)).hasValue(120);
    assertThat(Terminal.columns(Terminal.MODE, "The device CON is not available.")).isEmpty();
  }
}
