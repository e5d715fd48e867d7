package io.larder.runtime.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@link RedisCheck} found, line by line. For one thread. */
public final class CheckReport {

  private final List<String> lines = new ArrayList<>();
  private boolean failed;

  CheckReport() {}

  void ok(String subject, String words) {
    add("ok", subject, words);
  }

  void warn(String subject, String words) {
    add("WARN", subject, words);
  }

  void fail(String subject, String words) {
    add("FAIL", subject, words);
    failed = true;
  }

  private void add(String outcome, String subject, String words) {
    lines.add(String.format(Locale.ROOT, "%-5s%-13s%s", outcome, subject, words));
  }

  /** For people, in the order of the steps. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** 0 if Larder can use this Redis, warnings or not; 1 if not. */
  public int exitCode() {
    return failed ? 1 : 0;
  }
}
