package io.larder.runtime.redis;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be read; the message names it and says why, and shows nothing of it. */
final class UnreadableFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what and why.
   *
   * @param what the file is for: {@code the password file}
   */
  UnreadableFileException(String what, Path file, IOException cause) {
    super(what + " \"" + file.toAbsolutePath() + "\" " + reason(file, cause), cause);
  }

  private static String reason(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "must not be read by the user that runs the JVM";
    }
    if (cause instanceof CharacterCodingException) {
      return "is no text in UTF-8";
    }
    return Files.isDirectory(file)
        ? "is a directory"
        : "cannot be read, " + cause.getClass().getName();
  }
}
