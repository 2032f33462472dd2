package dev.lanewise.model.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as users write and read them. */
public final class Numbers {
  private static final MathContext SHORT = new MathContext(6);

  /** From here on a number is written with an exponent. */
  private static final double LONG = 1e4;

  private Numbers() {}

  /** Returns a setting as it would be typed, with up to 6 digits: 0.001, 1e-7. */
  public static String text(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).round(SHORT).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= 1e-4 && size < 1e7) {
      return decimal.toPlainString();
    }
    int exponent = decimal.precision() - decimal.scale() - 1;
    return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  /** {@return a number with all its digits, which is the same number when it is read again} */
  public static String exact(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    return plain.length() > 12 ? Double.toString(value) : plain;
  }

  /** Returns a loss or an accuracy with four decimals, in nine characters at most. */
  public static String fixed4(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < LONG ? "%.4f" : "%.3e", value);
  }
}
