package dev.lanewise.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void isOneLineThatReadsBack() {
    JsonObject json = new JsonObject();
    json.addProperty("a\"<b", "c\\d\ne");
    json.add("numbers", JsonText.numbers(List.of(1, 0.1f, 5e-4, Double.NaN)));
    String text = JsonText.of(json);
    assertThat(text)
        .isEqualTo("{\"a\\\"<b\": \"c\\\\d\\ne\", \"numbers\": [1, 0.1, 5.0E-4, null]}");
    assertThat(JsonParser.parseString(text).getAsJsonObject().get("a\"<b").getAsString())
        .isEqualTo("c\\d\ne");
  }
}
