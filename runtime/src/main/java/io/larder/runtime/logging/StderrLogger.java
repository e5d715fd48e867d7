package io.larder.runtime.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Hands SLF4J's calls to {@link Log}. */
final class StderrLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private StderrLogger(String name) {
    this.name = name;
  }

  static Logger of(String name) {
    return new StderrLogger(name);
  }

  @Override
  public boolean isTraceEnabled() {
    return Log.isEnabled(Log.Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return Log.isEnabled(Log.Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return Log.isEnabled(Log.Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return Log.isEnabled(Log.Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return Log.isEnabled(Log.Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    Log.line(
        Log.Level.valueOf(level.name()), thrown == null ? message : message + " (" + thrown + ")");
  }
}
