package dev.lanewise.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads initialisers as the command line writes them: {@code name} or {@code name(key=value)}. */
final class InitializerText {
  private static final String SEED = "seed";

  /** The initialisers and the arguments of each. */
  private static final Map<String, List<String>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("glorot_uniform", List.of(SEED));
    KNOWN.put("he_normal", List.of(SEED));
    KNOWN.put("he_normal_fan_out", List.of(SEED));
    KNOWN.put("random_uniform", List.of("min", "max", SEED));
    KNOWN.put("zeros", List.of());
    KNOWN.put("ones", List.of());
  }

  private InitializerText() {}

  static KernelInitializer parse(String text) {
    Term term = Term.parse("initialiser", text, KNOWN);
    boolean seeded = term.has(SEED);
    long seed = term.integer(SEED, 0);
    return switch (term.name()) {
      case "glorot_uniform" ->
          seeded ? KernelInitializers.glorotUniform(seed) : KernelInitializers.glorotUniform();
      case "he_normal" ->
          seeded ? KernelInitializers.heNormal(seed) : KernelInitializers.heNormal();
      case "he_normal_fan_out" ->
          seeded ? KernelInitializers.heNormalFanOut(seed) : KernelInitializers.heNormalFanOut();
      case "random_uniform" -> uniform(term, seeded, seed);
      case "zeros" -> KernelInitializers.zeros();
      case "ones" -> KernelInitializers.ones();
      default -> throw new AssertionError(term.name());
    };
  }

  private static KernelInitializer uniform(Term term, boolean seeded, long seed) {
    double min = term.number("min", -0.05);
    double max = term.number("max", 0.05);
    return seeded
        ? KernelInitializers.randomUniform(min, max, seed)
        : KernelInitializers.randomUniform(min, max);
  }
}
