package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The pages of a training and of an evaluation in a real browser, where there is one; pictures of
 * them are left in target/page.
 */
class ReportPageTest {
  private static final Path PICTURES = Path.of("target", "page");
  private static final List<String> CLASSES =
      List.of("a class of a very long name indeed, with <b>", "dog");

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on the PATH");
    Files.createDirectories(PICTURES);
    drawPhotos();
    String photos = folder.resolve("photos").toString();
    String model = folder.resolve("m.h5").toString();
    run(
        "train",
        "--no-progress",
        "--network",
        "cifarresnet20",
        "--input",
        "32x32",
        "--epochs",
        "2",
        "--batch",
        "4",
        "--data",
        photos,
        "--validation-split",
        "0.5",
        "--augment",
        "flip,rotate",
        "--save",
        model,
        "--report",
        folder.resolve("training").toString());
    run(
        "evaluate",
        "--model",
        model,
        "--data",
        photos,
        "--all-images",
        "--report",
        folder.resolve("evaluation").toString());
    browser = new Browser(program.get(), folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void drawPhotos() throws IOException {
    for (int c = 0; c < CLASSES.size(); c++) {
      Path files = Files.createDirectories(folder.resolve("photos").resolve(CLASSES.get(c)));
      for (int i = 0; i < 8; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, 2 * c, 0xffffff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private static void run(String... args) {
    StringWriter told = new StringWriter();
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(told, true));
    line.setErr(new PrintWriter(told, true));
    assertThat(Mistakes.execute(line, args)).as(told.toString()).isZero();
  }

  private static void open(String report, int width, String scheme) throws InterruptedException {
    browser.look(width, 900, scheme);
    browser.open(folder.resolve(report).resolve("index.html").toUri());
    browser.await("document.readyState === 'complete' && document.querySelector('h1') !== null");
    browser.await("innerWidth === " + width);
  }

  /** Nothing of the page lies outside of the window, and it is dark where the screen is. */
  @ParameterizedTest
  @CsvSource({"training, 1280", "training, 390", "evaluation, 1280", "evaluation, 390"})
  void fitsPhonesAndTheDark(String report, int width) throws Exception {
    open(report, width, "light");
    String light = look(report, width, "light");
    open(report, width, "dark");
    assertThat(look(report, width, "dark")).isNotEqualTo(light);
  }

  /** Returns the colours of page and text. */
  private static String look(String report, int width, String scheme) throws Exception {
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(scheme)
        .isEqualTo("true");
    // What is too wide scrolls within its own section.
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('section')].every("
                    + "s => s.getBoundingClientRect().right <= innerWidth)"))
        .as(scheme)
        .isEqualTo("true");
    browser.photograph(PICTURES.resolve(report + "-" + width + "-" + scheme + ".png"));
    return browser.evaluate(
        "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color");
  }

  @Test
  void needsNothingFromElsewhere() throws Exception {
    for (String report : List.of("training", "evaluation")) {
      open(report, 1280, "light");
      assertThat(
              browser.evaluate(
                  "performance.getEntriesByType('resource').filter("
                      + "one => !one.name.startsWith('data:') && !one.name.startsWith('file:')).length"))
          .isEqualTo("0");
      browser.await("[...document.images].every(one => one.complete && one.naturalWidth > 0)");
    }
  }

  @Test
  void drawsTheTraining() throws Exception {
    open("training", 1280, "light");
    assertThat(browser.evaluate("document.querySelectorAll('svg.chart').length"))
        .as("loss, accuracy and learning rate")
        .isNotIn("0", "1", "2");
    // Each chart is seen, and its curves have an extent.
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('svg.chart')].every("
                    + "c => c.getBoundingClientRect().height > 50)"))
        .isEqualTo("true");
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('.chart .curve')].every("
                    + "c => c.getBoundingClientRect().width > 0)"))
        .isEqualTo("true");
    assertThat(browser.evaluate("document.images.length > 0")).isEqualTo("true");
    assertThat(
            browser.evaluate("document.body.textContent.includes('%s')".formatted(CLASSES.get(0))))
        .isEqualTo("true");
  }
}
