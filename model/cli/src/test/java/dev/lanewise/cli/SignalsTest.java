package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
  /** It would end the program, and this test with it. */
  @Test
  void whatComesRightBehindTheFirstIsTheSame() {
    List<String> asked = new ArrayList<>();
    try (Signals signals = Signals.listen(asked::add)) {
      assertThat(signals.received()).isEmpty();
      signals.receive(Signals.Kind.TERM);
      signals.receive(Signals.Kind.TERM);
      signals.receive(Signals.Kind.INT);
      assertThat(signals.received()).contains(Signals.Kind.TERM);
    }
    assertThat(asked).containsExactly("the request to end");
  }
}
