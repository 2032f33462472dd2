package dev.lanewise.spark.run;

/** What failed so far, and whether it is worth another attempt. */
final class Failures {
  private final int most;
  private int count;
  private String last;
  private long lastProgress;

  /**
   * Begins to count.
   *
   * @param most attempts that may fail
   */
  Failures(int most) {
    this.most = most;
  }

  /**
   * Counts a failed attempt.
   *
   * @param failure what failed, for the user
   * @param isOwn whether the training itself failed by it: what an executor's end takes along may
   *     come again by chance
   * @param progress the newest checkpoint
   * @return why there should not be another attempt; null where there should
   */
  String add(String failure, boolean isOwn, long progress) {
    count++;
    // Ports and the numbers of tasks differ from one attempt to the next.
    String same = isOwn ? failure.replaceAll("\\d+", "#") : null;
    boolean again = same != null && same.equals(last) && progress == lastProgress;
    last = same;
    lastProgress = progress;
    if (again) {
      return "the same failure came twice with no checkpoint between: " + failure;
    }
    return count >= most
        ? "attempt number "
            + count
            + " failed, and "
            + most
            + (most == 1 ? " failure is" : " failures are")
            + " the most that are allowed: "
            + failure
        : null;
  }

  /** Returns how many attempts have failed. */
  int count() {
    return count;
  }
}
