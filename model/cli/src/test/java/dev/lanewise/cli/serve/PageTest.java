package dev.lanewise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.cli.Browser;
import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Prediction;
import dev.lanewise.model.data.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one; pictures of it are left in target/page. */
class PageTest {
  private static final Path PICTURES = Path.of("target", "page");

  @TempDir private static Path folder;
  private static Served served;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on the PATH");
    Files.createDirectories(PICTURES);
    served = new Served(Served.wide());
    browser = new Browser(program.get(), folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      served.close();
    }
  }

  @BeforeEach
  void open() throws InterruptedException {
    browser.look(1280, 900, "light");
    browser.open(served.uri("/"));
    browser.await("document.querySelector('h1')?.textContent === 'tiny <b>.h5'");
  }

  private static void drop(String name, String type, byte[] bytes) throws InterruptedException {
    browser.evaluate(
        """
        (() => {
          const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], '%s', { type: '%s' }));
          document.getElementById('drop').dispatchEvent(
              new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        })()
        """
            .formatted(Base64.getEncoder().encodeToString(bytes), name, type));
  }

  private static String wanted(byte[] image) {
    try (Classifier classifier = Classifier.of(Served.model())) {
      byte[] pixels = Images.decode("x", image, classifier.imageShape());
      Classification result = classifier.classifyPixels(List.of(pixels)).getFirst();
      return result.top(5).stream().map(PageTest::row).collect(Collectors.joining("|"));
    }
  }

  private static String row(Prediction one) {
    return String.format(Locale.ROOT, "%s %.1f %%", one.className(), 100 * one.probability());
  }

  private static String shown() throws InterruptedException {
    return browser.evaluate(
        "[...document.querySelectorAll('article:first-of-type dt')].map("
            + "dt => dt.textContent + ' ' + dt.nextSibling.nextSibling.textContent).join('|')");
  }

  @Test
  void showsTheClassesOfADroppedImage() throws Exception {
    assertThat(browser.evaluate("document.getElementById('about').textContent"))
        .isEqualTo("3 classes, images of 32x32x3");
    byte[] image = Served.image(4, 300, 220, "jpg");
    drop("a & <b>.jpg", "image/jpeg", image);
    browser.await("document.querySelectorAll('article').length === 1");
    assertThat(shown()).isEqualTo(wanted(image));
    assertThat(browser.evaluate("document.querySelector('h2').textContent"))
        .isEqualTo("a & <b>.jpg");
    browser.await("document.querySelector('article img').naturalWidth === 300");
    drop("second.png", "image/png", Served.png(1));
    browser.await("document.querySelectorAll('article').length === 2");
    assertThat(shown()).isEqualTo(wanted(Served.png(1)));
    assertThat(browser.evaluate("document.getElementById('error').hidden")).isEqualTo("true");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    drop("notes.txt", "text/plain", new byte[] {'h', 'i'});
    browser.await("!document.getElementById('error').hidden");
    assertThat(browser.evaluate("document.getElementById('error').textContent"))
        .isEqualTo("image notes.txt must be a JPEG or PNG file, got something else");
    browser.photograph(PICTURES.resolve("mistake.png"));
    drop("one.png", "image/png", Served.png(1));
    browser.await("document.querySelectorAll('article').length === 1");
    assertThat(browser.evaluate("document.getElementById('error').hidden")).isEqualTo("true");
  }

  @Test
  void fitsPhonesAndTheDark() throws Exception {
    drop("a-photo-with-quite-a-long-name.jpg", "image/jpeg", Served.image(4, 300, 220, "jpg"));
    browser.await("document.querySelectorAll('article').length === 1");
    String light = null;
    for (int width : new int[] {1280, 390}) {
      for (String scheme : new String[] {"light", "dark"}) {
        browser.look(width, 900, scheme);
        browser.await("innerWidth === " + width);
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(width + " " + scheme)
            .isEqualTo("true");
        String colour = browser.evaluate("getComputedStyle(document.body).backgroundColor");
        if (scheme.equals("light")) {
          light = colour;
        } else {
          assertThat(colour).isNotEqualTo(light);
        }
        browser.photograph(PICTURES.resolve(width + "-" + scheme + ".png"));
      }
    }
  }
}
