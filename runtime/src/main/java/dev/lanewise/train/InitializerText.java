package dev.lanewise.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads initialisers as the command line writes them: {@code name} or {@code name(key=value)}. */
final class InitializerText {
  private static final Pattern FORM = Pattern.compile("(\\w+)(?:\\((.*)\\))?");

  /** The initialisers and the arguments of each. */
  private static final Map<String, List<String>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("glorot_uniform", List.of("seed"));
    KNOWN.put("he_normal", List.of("seed"));
    KNOWN.put("he_normal_fan_out", List.of("seed"));
    KNOWN.put("random_uniform", List.of("min", "max", "seed"));
    KNOWN.put("zeros", List.of());
    KNOWN.put("ones", List.of());
  }

  private final String name;
  private final Map<String, String> arguments = new LinkedHashMap<>();

  private InitializerText(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || !KNOWN.containsKey(form.group(1))) {
      throw new IllegalArgumentException(
          "unknown initialiser '" + text + "'; known are " + known());
    }
    name = form.group(1);
    String inside = form.group(2);
    if (inside == null || inside.isBlank()) {
      return;
    }
    for (String argument : inside.split(",", -1)) {
      addArgument(argument.strip());
    }
  }

  private void addArgument(String argument) {
    int equals = argument.indexOf('=');
    String key = equals < 0 ? argument : argument.substring(0, equals).strip();
    if (equals < 0 || !KNOWN.get(name).contains(key)) {
      throw new IllegalArgumentException(
          "initialiser " + name + " has no argument '" + argument + "'; known is " + usage(name));
    }
    if (arguments.put(key, argument.substring(equals + 1).strip()) != null) {
      throw new IllegalArgumentException(
          "initialiser " + name + " has the argument '" + key + "' twice");
    }
  }

  static KernelInitializer parse(String text) {
    return new InitializerText(text).initializer();
  }

  private KernelInitializer initializer() {
    boolean seeded = arguments.containsKey("seed");
    return switch (name) {
      case "glorot_uniform" ->
          seeded ? KernelInitializers.glorotUniform(seed()) : KernelInitializers.glorotUniform();
      case "he_normal" ->
          seeded ? KernelInitializers.heNormal(seed()) : KernelInitializers.heNormal();
      case "he_normal_fan_out" ->
          seeded ? KernelInitializers.heNormalFanOut(seed()) : KernelInitializers.heNormalFanOut();
      case "random_uniform" ->
          seeded
              ? KernelInitializers.randomUniform(number("min", -0.05), number("max", 0.05), seed())
              : KernelInitializers.randomUniform(number("min", -0.05), number("max", 0.05));
      case "zeros" -> KernelInitializers.zeros();
      case "ones" -> KernelInitializers.ones();
      default -> throw new AssertionError(name);
    };
  }

  private long seed() {
    try {
      return Long.parseLong(arguments.get("seed"));
    } catch (NumberFormatException e) {
      throw notANumber("seed", "an integer", e);
    }
  }

  private double number(String key, double otherwise) {
    String value = arguments.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw notANumber(key, "a number", e);
    }
  }

  private IllegalArgumentException notANumber(String key, String required, Exception cause) {
    return new IllegalArgumentException(
        "initialiser "
            + name
            + " requires "
            + required
            + " as "
            + key
            + ", got '"
            + arguments.get(key)
            + "'",
        cause);
  }

  private static String known() {
    return String.join(", ", KNOWN.keySet().stream().map(InitializerText::usage).toList());
  }

  private static String usage(String name) {
    List<String> keys = KNOWN.get(name).stream().map(key -> key + "=...").toList();
    return keys.isEmpty() ? name : name + "(" + String.join(",", keys) + ")";
  }
}
