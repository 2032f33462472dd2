package dev.lanewise.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much an image is like another one, by the features of both.
 *
 * @param index the other image's, in a list
 * @param cosine of the angle between the features: 1 for the same direction, 0 for nothing in
 *     common
 */
public record Similarity(int index, double cosine) {
  /**
   * {@return the cosine of the angle between two vectors, from -1 to 1; 0 where one of them is
   * zero}
   *
   * @param a features of an image
   * @param b features of another, as many
   * @throws IllegalArgumentException where their numbers differ
   */
  public static double cosine(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "a cosine requires vectors of one length, got " + a.length + " and " + b.length);
    }
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    double lengths = Math.sqrt(squaresA) * Math.sqrt(squaresB);
    return lengths == 0 ? 0 : product / lengths;
  }

  /**
   * {@return the images that are most like one, the most similar first; of equally similar ones,
   * the first}
   *
   * @param features of the one
   * @param others features of those to choose from
   * @param most how many; where there are fewer, all
   */
  public static List<Similarity> nearest(float[] features, List<float[]> others, int most) {
    return IntStream.range(0, others.size())
        .mapToObj(i -> new Similarity(i, cosine(features, others.get(i))))
        .sorted(Comparator.comparingDouble((Similarity one) -> -one.cosine()))
        .limit(most)
        .toList();
  }
}
