package io.larder.runtime.config;

/** The file cannot be read as YAML, or uses what a configuration has no need of. */
final class UnreadableYamlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient YamlNode.Mark at;

  UnreadableYamlException(YamlNode.Mark at, String message) {
    super(message);
    this.at = at;
  }

  YamlNode.Mark at() {
    return at;
  }
}
