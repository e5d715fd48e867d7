package io.larder.it.apps.codec;

import io.larder.it.apps.LarderLoader;
import io.larder.it.apps.Probe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Stores values with the codecs of the agent in its own JVM, which it reaches by reflection, with
 * {@code java.lang} opened on the command line. Writes the bytes to a file, and reads those that
 * another JVM wrote.
 */
public final class PackedCodecs {

  private PackedCodecs() {}

  public static void main(String[] arguments) throws Exception {
    Probe.say("answer", Goods.cached(1) + Goods.cached(1)); // brings the agent to life
    Path file = Path.of(arguments[1]);
    List<byte[]> payloads = new ArrayList<>();
    Loaded larder = new Loaded(LarderLoader.find());
    Object codec =
        larder.codec("fory", Goods.class.getDeclaredMethod("all").getGenericReturnType());
    if (arguments[0].equals("write")) {
      for (Object value : Goods.all()) {
        payloads.add(larder.pack(larder.encode(codec, Collections.singletonList(value))));
      }
      write(file, payloads);
    } else {
      payloads = read(file);
    }
    int equal = 0;
    List<?> all = Goods.all();
    for (int i = 0; i < all.size(); i++) {
      Object decoded = ((List<?>) larder.decode(codec, larder.unpack(payloads.get(i)))).get(0);
      if (Objects.equals(decoded, all.get(i))) {
        equal++;
      } else {
        Probe.say("different", all.get(i).getClass() + " " + all.get(i) + " " + decoded);
      }
    }
    Probe.say("equal", equal + " of " + all.size());
    Probe.say("fingerprint", larder.fingerprint(codec));
    Probe.say("refused", larder.refusal(codec, List.of(Thread.currentThread())));
  }

  private static void write(Path file, List<byte[]> payloads) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(payloads.size());
      for (byte[] payload : payloads) {
        out.writeInt(payload.length);
        out.write(payload);
      }
    }
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int i = in.readInt(); i > 0; i--) {
        payloads.add(in.readNBytes(in.readInt()));
      }
    }
    return payloads;
  }

  /** The agent's package of codecs. */
  private record Loaded(ClassLoader loader) {

    private static final byte[] KEY = {1};

    private Class<?> type(String name) throws ClassNotFoundException {
      return loader.loadClass("io.larder.runtime.codec." + name);
    }

    Object codec(String name, Type returned) throws ReflectiveOperationException {
      Object none = type("AllowedClasses").getMethod("none").invoke(null);
      return type("ValueCodecs")
          .getMethod("of", String.class, ClassLoader.class, Type.class, type("AllowedClasses"))
          .invoke(null, name, Goods.class.getClassLoader(), returned, none);
    }

    byte[] encode(Object codec, Object value) throws ReflectiveOperationException {
      return (byte[]) type("ValueCodec").getMethod("encode", Object.class).invoke(codec, value);
    }

    Object decode(Object codec, byte[] payload) throws ReflectiveOperationException {
      return type("ValueCodec").getMethod("decode", byte[].class).invoke(codec, payload);
    }

    long fingerprint(Object codec) throws ReflectiveOperationException {
      return (long) type("ValueCodec").getMethod("fingerprint").invoke(codec);
    }

    String refusal(Object codec, Object value) throws ReflectiveOperationException {
      try {
        encode(codec, value);
        return "no";
      } catch (InvocationTargetException refused) {
        return refused.getCause().getClass().getSimpleName();
      }
    }

    /** An entry compressed with LZ4. */
    byte[] pack(byte[] payload) throws ReflectiveOperationException {
      Object envelope =
          type("Envelope")
              .getConstructors()[0]
              .newInstance((byte) 4, 1L, 2L, 3L, 4L, 5L, 6L, List.of("tag"), payload);
      Method encode = type("Envelope").getMethod("encode", byte[].class, type("EnvelopeFormat"));
      return (byte[]) encode.invoke(envelope, KEY, format());
    }

    byte[] unpack(byte[] entry) throws ReflectiveOperationException {
      Method decode =
          type("Envelope").getMethod("decode", byte[].class, byte[].class, type("EnvelopeFormat"));
      Object envelope = decode.invoke(null, KEY, entry, format());
      return (byte[]) type("Envelope").getMethod("payload").invoke(envelope);
    }

    private Object format() throws ReflectiveOperationException {
      Object lz4 = type("Compression").getMethod("named", String.class).invoke(null, "lz4");
      Object plain = type("EnvelopeFormat").getMethod("plain").invoke(null);
      return type("EnvelopeFormat")
          .getMethod("withCompression", type("Compression"), int.class)
          .invoke(plain, lz4, 0);
    }
  }
}
