package bad;

import dev.lanewise.spec.*;

class Program {
  Runnable task =
      () -> {
        @Block(shortcut = Shortcut.NONE)
        @ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
        interface Inner {} // error: block Inner: requires a type that others can name, got a local type
      };

  void method() {
    @Network
    @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
    @Stage(name = "2", block = Plain.class, filters = 8)
    @Head
    interface Local {} // error: network Local: requires a type of its own file, got a local type
  }
}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
