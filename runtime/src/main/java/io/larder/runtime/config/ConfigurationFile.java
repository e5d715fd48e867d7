package io.larder.runtime.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of {@code larder.yaml}, and what it says or what is wrong with it. */
public final class ConfigurationFile {

  /** More than this is not read; larger than any file that somebody wrote. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private ConfigurationFile() {}

  /**
   * The outcome: one of the two.
   *
   * @param configuration what the file says; {@code null} if anything is wrong with it
   * @param problems everything that is, in the order of the file; empty if nothing is
   */
  public record Result(@Nullable Configuration configuration, List<Problem> problems) {

    /** Copies the list, and checks that it is one of the two. */
    public Result {
      problems = List.copyOf(problems);
      if ((configuration == null) == problems.isEmpty()) {
        throw new IllegalArgumentException("either a configuration or problems");
      }
    }
  }

  /**
   * Reads a file. Never throws, whatever the text.
   *
   * @param fileName as problems shall name it
   */
  public static Result parse(String fileName, String text) {
    return parse(fileName, text, SectionObjections.NONE);
  }

  /**
   * Reads a file, as {@link #parse(String, String)}, and looks closer at some of its sections.
   *
   * @param objections looks
   */
  public static Result parse(String fileName, String text, SectionObjections objections) {
    Problems problems = new Problems(fileName);
    if (text.length() > MAXIMUM_BYTES) {
      problems.add(
          new YamlNode.Mark(1, 1), "the file is larger than 1 MB, which is the most that is read");
      return new Result(null, problems.list());
    }
    Configuration read = Configuration.EMPTY;
    try {
      // Some editors of Windows begin a file with a mark of its encoding.
      String content = text.startsWith("\ufeff") ? text.substring(1) : text;
      read = new ConfigurationReader(problems, objections).read(YamlReader.read(content));
    } catch (UnreadableYamlException unreadable) {
      problems.add(unreadable.at(), String.valueOf(unreadable.getMessage()));
    }
    return problems.isEmpty() ? new Result(read, List.of()) : new Result(null, problems.list());
  }
}
