package io.larder.agent.premain;

/**
 * Looks for a text constant in a class file without parsing the rest: about a microsecond a class,
 * where a class-file library takes ten. Most classes of an application end here.
 */
final class ConstantPool {

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int FIRST_CONSTANT = 10;

  private ConstantPool() {}

  /** Texts by their lengths, for {@link #mayContain}. */
  static byte[][] texts(byte[]... texts) {
    int longest = 0;
    for (byte[] text : texts) {
      longest = Math.max(longest, text.length);
    }
    byte[][] byLength = new byte[longest + 1][];
    for (byte[] text : texts) {
      byLength[text.length] = text;
    }
    return byLength;
  }

  /**
   * Whether a class file may hold one of some texts, of ASCII characters, as a constant. True also
   * when a constant is of a kind that is not known here: the full parser decides then.
   *
   * @param texts no two of one length, each at its length
   */
  static boolean mayContain(byte[] classFile, byte[][] texts) {
    if (classFile.length < FIRST_CONSTANT) {
      return false;
    }
    int count = unsignedShort(classFile, 8);
    int at = FIRST_CONSTANT;
    for (int index = 1; index < count; index++) {
      int tag = classFile[at];
      if (tag == UTF8) {
        int length = unsignedShort(classFile, at + 1);
        byte[] text = length < texts.length ? texts[length] : null;
        if (text != null && matches(classFile, at + 3, text)) {
          return true;
        }
        at += 3 + length;
        continue;
      }
      int size = sizeOf(tag);
      if (size == 0) {
        return true;
      }
      at += size;
      if (tag == LONG || tag == DOUBLE) {
        index++; // takes two places
      }
    }
    return false;
  }

  /** JVMS table 4.4-B; 0 for what is not in it. */
  private static int sizeOf(int tag) {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 3; // class, string, method type, module, package
      case 15 -> 4; // method handle
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5; // numbers, members, name and type, dynamic
      case LONG, DOUBLE -> 9;
      default -> 0;
    };
  }

  private static boolean matches(byte[] bytes, int at, byte[] text) {
    // From the end: descriptors of one package begin alike.
    for (int i = text.length - 1; i >= 0; i--) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
