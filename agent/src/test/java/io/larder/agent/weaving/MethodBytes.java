package io.larder.agent.weaving;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The methods of a class file, byte by byte, as the JVM specification (4.1) lays them out. */
final class MethodBytes {

  private MethodBytes() {}

  /** The bytes of the methods whose names fit, in order. */
  static List<byte[]> of(byte[] classFile, Predicate<String> named) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(classFile);
    try (DataInputStream in = new DataInputStream(bytes)) {
      in.skipBytes(8);
      Map<Integer, String> texts = constants(in);
      in.skipBytes(6);
      in.skipBytes(2 * in.readUnsignedShort());
      for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
        member(in);
      }
      List<byte[]> methods = new ArrayList<>();
      for (int count = in.readUnsignedShort(); count > 0; count--) {
        int start = classFile.length - bytes.available();
        String name = String.valueOf(texts.get(member(in)));
        int end = classFile.length - bytes.available();
        if (named.test(name)) {
          byte[] method = new byte[end - start];
          System.arraycopy(classFile, start, method, 0, method.length);
          methods.add(method);
        }
      }
      return methods;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<Integer, String> constants(DataInputStream in) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    int count = in.readUnsignedShort();
    for (int index = 1; index < count; index++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.put(index, in.readUTF());
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

  /** Reads a field or a method; answers where its name is. */
  private static int member(DataInputStream in) throws IOException {
    in.skipBytes(2);
    int name = in.readUnsignedShort();
    in.skipBytes(2);
    for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
      in.skipBytes(2);
      in.skipBytes(in.readInt());
    }
    return name;
  }
}
