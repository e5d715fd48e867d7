package io.larder.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.ClassFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantPoolTest {

  private static final byte[][] TEXT =
      ConstantPool.texts("Lio/larder/Cached;".getBytes(StandardCharsets.US_ASCII));

  /** The tags of JVMS table 4.4-B with the bytes that follow each, and the places it takes. */
  @ParameterizedTest
  @CsvSource({
    "3, 4, 1", "4, 4, 1", "5, 8, 2", "6, 8, 2", "7, 2, 1", "8, 2, 1", "9, 4, 1", "10, 4, 1",
    "11, 4, 1", "12, 4, 1", "15, 3, 1", "16, 2, 1", "17, 4, 1", "18, 4, 1", "19, 2, 1", "20, 2, 1"
  })
  void mayContain_behindEachKindOfConstant_looksOn(int tag, int bytes, int places)
      throws IOException {
    byte[] constant = new byte[1 + bytes];
    constant[0] = (byte) tag;

    byte[] with = classFile(1 + 2 * places, constant, utf8("Lio/larder/Cached;"), constant);
    byte[] without = classFile(1 + 2 * places, constant, utf8("Lio/larder/Cacher;"), constant);

    assertThat(ConstantPool.mayContain(with, TEXT)).isTrue();
    assertThat(ConstantPool.mayContain(without, TEXT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 13, 14, 21, 127, -1})
  void mayContain_unknownKindOfConstant_leavesItToTheParser(int tag) throws IOException {
    assertThat(ConstantPool.mayContain(classFile(1, new byte[] {(byte) tag}), TEXT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Lio/larder/Cached",
        "Lio/larder/Cached;;",
        "(Lio/larder/Cached;)V",
        "Lio/larder/cached;",
        "Xio/larder/Cached;"
      })
  void mayContain_otherText_no(String other) throws IOException {
    assertThat(ConstantPool.mayContain(classFile(1, utf8(other)), TEXT)).isFalse();
  }

  @Test
  void mayContain_textAfterTheConstants_no() throws IOException {
    assertThat(ConstantPool.mayContain(classFile(0, utf8("Lio/larder/Cached;")), TEXT)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 8, 9})
  void mayContain_shorterThanAnyClassFile_no(int length) {
    assertThat(ConstantPool.mayContain(new byte[length], TEXT)).isFalse();
  }

  @Test
  void mayContain_classFilesOfTheJdk_agreesWithAPlainReader() throws IOException {
    byte[][] string = ConstantPool.texts("Ljava/lang/String;".getBytes(StandardCharsets.US_ASCII));
    int checked = 0;
    for (Path file : someOfTheJdk()) {
      byte[] classFile = Files.readAllBytes(file);
      Set<String> texts = textsOf(classFile);
      assertThat(ConstantPool.mayContain(classFile, string))
          .as(file.toString())
          .isEqualTo(texts.contains("Ljava/lang/String;"));
      assertThat(ConstantPool.mayContain(classFile, TEXT)).as(file.toString()).isFalse();
      checked++;
    }
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  void mayContain_truncated_endsWithAnAnswerOrAnIndexError() throws IOException {
    byte[] whole = ClassFiles.of(ConstantPoolTest.class);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = new byte[length];
      System.arraycopy(whole, 0, part, 0, length);
      assertEnds(part, "first " + length + " bytes");
    }
  }

  @Test
  void mayContain_garbage_endsWithAnAnswerOrAnIndexError() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      assertEnds(garbage, "round " + round + " of seed " + seed);
    }
  }

  private static void assertEnds(byte[] bytes, String what) {
    try {
      ConstantPool.mayContain(bytes, TEXT);
    } catch (RuntimeException failure) {
      assertThat(failure).as(what).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static List<Path> someOfTheJdk() throws IOException {
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java");
    try (Stream<Path> util = Files.list(base.resolve("util"));
        Stream<Path> invoke = Files.list(base.resolve("lang/invoke"))) {
      return Stream.concat(util, invoke)
          .filter(file -> file.toString().endsWith(".class"))
          .toList();
    }
  }

  /** Read with the JDK's own reader of such texts. */
  private static Set<String> textsOf(byte[] classFile) throws IOException {
    Set<String> texts = new HashSet<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    for (int index = 1; index < count; index++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.add(in.readUTF());
        case 7, 8, 16, 19, 20 -> in.skipBytes(2);
        case 15 -> in.skipBytes(3);
        case 5, 6 -> {
          in.skipBytes(8);
          index++;
        }
        default -> in.skipBytes(4);
      }
    }
    return texts;
  }

  private static byte[] utf8(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeUTF(text);
    return bytes.toByteArray();
  }

  private static byte[] classFile(int places, byte[]... constants) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xCAFEBABE);
    out.writeInt(61);
    out.writeShort(places + 1);
    for (byte[] constant : constants) {
      out.write(constant);
    }
    return bytes.toByteArray();
  }
}
