package io.larder.runtime.logging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What Larder logged since a test began. A test that expects a warning takes it; one that is left
 * fails the test.
 */
public final class LoggedLines {

  /** Lines by identity, because two of them may be equal. */
  private final Set<Log.Line> known = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Begins now. */
  public LoggedLines() {
    known.addAll(Log.kept());
  }

  /** The lines of WARN and ERROR since the beginning or the last call, oldest first, untimed. */
  public List<String> takeWarnings() {
    return take("WARN ", "ERROR ");
  }

  /** The lines of INFO since the beginning or the last call, oldest first, without the time. */
  public List<String> takeInfos() {
    return take("INFO ");
  }

  private List<String> take(String... levels) {
    List<String> taken = new ArrayList<>();
    for (Log.Line line : Log.kept()) {
      for (String level : levels) {
        if (line.text().startsWith(level) && known.add(line)) {
          taken.add(0, line.text());
        }
      }
    }
    return taken;
  }
}
