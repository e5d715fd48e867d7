package io.larder.runtime.config;

import java.util.List;
import java.util.Locale;

/** Finds the known word that somebody may have meant. */
final class Spelling {

  private Spelling() {}

  /** The rest of a message about an unknown word: {@code ; did you mean "ttl"? Known: ttl, ...}. */
  static String hint(String unknown, List<String> known) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = distance(unknown.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      // Two letters of five may be wrong, but never all of a short word.
      if (distance < least && distance <= Math.max(1, word.length() * 2 / 5)) {
        least = distance;
        nearest = word;
      }
    }
    String meant = nearest.isEmpty() ? "." : "; did you mean \"" + nearest + "\"?";
    return meant + " Known: " + String.join(", ", known);
  }

  /**
   * How many letters must be put in, left out, changed or swapped with their neighbour: the
   * "optimal string alignment" distance.
   */
  private static int distance(String one, String other) {
    if (one.length() > 2 * other.length()) {
      return Integer.MAX_VALUE; // and no table for a text that is no word
    }
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][other.length()];
  }
}
