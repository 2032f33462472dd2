package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OwnDataTest {
  @Test
  void runs() {
    OwnData.main(new String[0]);
    assertEquals(8, OwnData.train(new Stripes(16, 1), new Stripes(8, 2)).images());
  }
}
