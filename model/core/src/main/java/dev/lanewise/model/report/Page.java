package dev.lanewise.model.report;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.text.Xml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of HTML that needs nothing beside itself. */
final class Page {
  /** The file within the folder of a report. */
  static final String FILE = "index.html";

  private final StringBuilder out = new StringBuilder();

  /**
   * Begins a page.
   *
   * @param status one line below the title
   */
  Page(String title, String status) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"generator\" content=\"Lanewise\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(Xml.escape(title))
        .append("</title>\n<style>\n")
        .append(Style.CHART)
        .append(Style.PAGE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(Xml.escape(title))
        .append("</h1>\n<p class=\"quiet\">")
        .append(Xml.escape(status))
        .append("</p>\n");
  }

  /** Adds a section of HTML; nothing where that is empty. */
  Page section(String heading, String html) {
    if (!html.isEmpty()) {
      out.append("<section>\n<h2>").append(Xml.escape(heading)).append("</h2>\n");
      out.append(html).append("\n</section>\n");
    }
    return this;
  }

  /** Writes the page into a folder, which is made where it is not there. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelFileException("cannot make the folder '" + folder + "' of the report", e);
    }
    Replacement.write(
        folder.resolve(FILE),
        "the report",
        (out + "</body>\n</html>\n").getBytes(StandardCharsets.UTF_8));
  }
}
