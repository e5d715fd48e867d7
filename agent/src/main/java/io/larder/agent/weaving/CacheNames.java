package io.larder.agent.weaving;

/** The name of a cache for which nobody gave one. */
final class CacheNames {

  private static final int LONGEST = 200;

  private CacheNames() {}

  /**
   * The class name and the method name, with a dot for the {@code $} of nested classes and an
   * underscore for what a cache name may not have. A name that is too long keeps its end, which
   * says most, behind a hash of the whole.
   */
  static String ofMethod(String className, String methodName) {
    String whole = className + "." + methodName;
    StringBuilder name = new StringBuilder(whole.length());
    for (int i = 0; i < whole.length(); i++) {
      char character = whole.charAt(i);
      name.append(character == '$' ? '.' : isLegal(character) ? character : '_');
    }
    if (name.length() <= LONGEST) {
      return name.toString();
    }
    String hash = Integer.toHexString(whole.hashCode());
    return hash + "." + name.substring(name.length() - LONGEST + hash.length() + 1);
  }

  private static boolean isLegal(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '_'
        || character == '-';
  }
}
