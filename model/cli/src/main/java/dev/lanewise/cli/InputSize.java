package dev.lanewise.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of the input images.
 *
 * @param height in pixels
 * @param width in pixels
 */
record InputSize(int height, int width) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})x([1-9][0-9]{0,3})");

  /** Reads {@code HEIGHTxWIDTH}. */
  static final class Converter implements ITypeConverter<InputSize> {
    @Override
    public InputSize convert(String value) {
      Matcher matcher = FORM.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "requires HEIGHTxWIDTH, each from 1 to 9999, as in 64x64, got '" + value + "'");
      }
      return new InputSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
