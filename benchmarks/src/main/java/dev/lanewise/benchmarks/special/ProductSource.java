package dev.lanewise.benchmarks.special;

import dev.lanewise.kernel.Lanes;
import java.util.Map;

/**
 * Writes the source of a {@link Product}: always the same loops and the same register tile, with
 * some of the numbers given as literals and the others read from the arguments.
 */
final class ProductSource {
  /** Rows of the register tile, and vectors of its columns, as the kernels have them. */
  static final int MR = Lanes.MR;

  static final int NR = Lanes.NR;
  static final int VECTORS = NR / Lanes.LANES;

  private static final String CLASS =
      """
      package dev.lanewise.benchmarks.special;

      import jdk.incubator.vector.FloatVector;
      import jdk.incubator.vector.VectorSpecies;
      import jdk.incubator.vector.VectorShape;

      public final class %s implements Product {
        private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorShape.forBitSize(%d));

        @Override
        public void run(float[] a, int aAt, int aRow, int aStep, float[] b, int bAt, int bStep,
            float[] c, int cAt, int rows, int panels, int terms, int blocks) {
          for (int s = 0; s < $blocks; s++) {
            for (int p = 0; p < $panels; p++) {
              int at = bAt + (p * $blocks + s) * $terms * $bStep;
              for (int r = 0; r < $rows; r += MR) {
                tile(a, aAt + (s * $rows + r) * $aRow, aRow, aStep, b, at, bStep,
                    c, cAt + (p * $rows + r) * NR, terms, s > 0);
              }
            }
          }
        }

        private static void tile(float[] a, int aAt, int aRow, int aStep, float[] b, int bAt,
            int bStep, float[] c, int cAt, int terms, boolean accumulate) {
      %s    }
      }
      """;

  private ProductSource() {}

  /**
   * Returns a source.
   *
   * @param name the class's simple name
   * @param constants numbers to write as literals, by the name of run's parameter
   */
  static String of(String name, Map<String, Integer> constants) {
    String text = CLASS.formatted(name, Lanes.LANES * Float.SIZE, tile());
    text = text.replace("MR", "" + MR).replace("NR", "" + NR);
    // Longer names first: one name may begin another.
    for (String number : new String[] {"blocks", "terms", "panels", "rows"}) {
      text = fill(text, number, constants);
    }
    for (String number : new String[] {"aRow", "aStep", "bStep"}) {
      text = fill(text, number, constants);
    }
    return text;
  }

  private static String fill(String text, String number, Map<String, Integer> constants) {
    Integer constant = constants.get(number);
    return text.replace("$" + number, constant == null ? number : constant.toString());
  }

  private static String tile() {
    StringBuilder code = new StringBuilder();
    forEachSum(code, "FloatVector %1$s = FloatVector.zero(SPECIES);");
    code.append("for (int k = 0; k < $terms; k++) {\n");
    for (int v = 0; v < VECTORS; v++) {
      code.append(
          "FloatVector b%d = FloatVector.fromArray(SPECIES, b, bAt + %d);\n"
              .formatted(v, v * Lanes.LANES));
    }
    for (int r = 0; r < MR; r++) {
      code.append(
          "FloatVector a%1$d = FloatVector.broadcast(SPECIES, a[aAt + %1$d * $aRow]);\n"
              .formatted(r));
      for (int v = 0; v < VECTORS; v++) {
        code.append("c%1$d_%2$d = a%1$d.fma(b%2$d, c%1$d_%2$d);\n".formatted(r, v));
      }
    }
    code.append("aAt += $aStep;\nbAt += $bStep;\n}\n");
    code.append("if (accumulate) {\n");
    forEachSum(code, "%1$s = %1$s.add(FloatVector.fromArray(SPECIES, c, cAt + %2$d));");
    code.append("}\n");
    forEachSum(code, "%1$s.intoArray(c, cAt + %2$d);");
    return code.toString();
  }

  private static void forEachSum(StringBuilder code, String statement) {
    for (int r = 0; r < MR; r++) {
      for (int v = 0; v < VECTORS; v++) {
        String sum = "c" + r + "_" + v;
        code.append(statement.formatted(sum, r * NR + v * Lanes.LANES)).append('\n');
      }
    }
  }
}
