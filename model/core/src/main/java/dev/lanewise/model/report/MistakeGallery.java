package dev.lanewise.model.report;

import dev.lanewise.model.text.Xml;
import java.util.List;

/** The mistakes of which a model was most sure, as pictures. */
final class MistakeGallery {
  private static final int MOST = 24;

  private MistakeGallery() {}

  /** Returns the pictures; nothing where there are no mistakes. */
  static String html(Predictions predictions) {
    List<String> names = predictions.images().classNames();
    StringBuilder out = new StringBuilder();
    for (Mistake mistake : predictions.mistakes(MOST)) {
      String label = Xml.escape(names.get(mistake.label()));
      String predicted = Xml.escape(names.get(mistake.predicted()));
      out.append("<figure><img alt=\"image ").append(mistake.index()).append(" of the class ");
      out.append(label).append("\" title=\"image ").append(mistake.index()).append("\" src=\"");
      out.append(Pictures.address(predictions.images(), mistake.index()));
      out.append("\"><figcaption><b>").append(label);
      out.append("</b><br><span class=\"quiet\">taken for</span> ").append(predicted);
      out.append(" <span class=\"quiet\">").append(Html.percent(mistake.probability()));
      out.append("</span></figcaption></figure>\n");
    }
    return out.isEmpty() ? "" : "<div class=\"pictures\">\n" + out + "</div>";
  }
}
