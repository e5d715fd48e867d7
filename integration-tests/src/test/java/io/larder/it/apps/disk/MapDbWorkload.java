package io.larder.it.apps.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.mapdb.DBException;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.volume.MappedFileVol;

/**
 * Does with a file of MapDB what there is to do, and then what may go wrong. What it throws is as
 * it is, but for errors of linking: they name classes and members that are not packed.
 */
public final class MapDbWorkload implements Function<Path, Map<String, Object>> {

  private static final int RECORDS = 6_000;
  private static final int DAMAGED = 45;

  private final Random random = new Random(3);
  private final Map<Long, byte[]> expected = new HashMap<>();
  private final Map<String, Integer> thrown = new TreeMap<>();
  private int linkErrors;

  /** Made by reflection. */
  public MapDbWorkload() {}

  @Override
  public Map<String, Object> apply(Path directory) {
    Map<String, Object> facts = new LinkedHashMap<>();
    try {
      Path file = directory.resolve("store");
      write(file);
      facts.put("bytes", Files.size(file));
      facts.put("found", found(file) + " of " + expected.size());
      readOnly(file);
      damaged(file);
      refused(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    facts.put("linkErrors", linkErrors);
    facts.put("kinds", thrown.size());
    thrown.forEach((kind, count) -> facts.put(kind, count));
    return facts;
  }

  private static StoreDirect open(Path file, boolean readOnly, boolean bypass, boolean threads) {
    return StoreDirect.Companion.make(
        file.toString(),
        MappedFileVol.FACTORY,
        /* fileLockWait= */ 0,
        readOnly,
        threads,
        /* concShift= */ threads ? 3 : 0,
        /* allocateIncrement= */ 1 << 20,
        /* allocateStartSize= */ 0,
        /* fileDeleteAfterClose= */ false,
        /* fileDeleteAfterOpen= */ false,
        /* checksum= */ false,
        /* checksumHeader= */ true,
        bypass);
  }

  private void write(Path file) {
    StoreDirect store = open(file, false, false, /* threads= */ true);
    for (int i = 0; i < RECORDS; i++) {
      byte[] bytes = bytes(i % 50 == 0 ? random.nextInt(200_000) : random.nextInt(1_500));
      expected.put(store.put(bytes, Bytes.INSTANCE), bytes);
    }
    byte[] large = bytes(5_000_000);
    expected.put(store.put(large, Bytes.INSTANCE), large);
    Long[] all = expected.keySet().toArray(new Long[0]);
    for (int i = 0; i < RECORDS / 2; i++) {
      long record = all[i];
      switch (i % 3) {
        case 0 -> {
          store.delete(record, Bytes.INSTANCE);
          expected.remove(record);
        }
        case 1 -> {
          byte[] bytes = bytes(random.nextInt(3_000));
          store.update(record, bytes, Bytes.INSTANCE);
          expected.put(record, bytes);
        }
        default -> {
          byte[] bytes = bytes(random.nextInt(100));
          if (store.compareAndSwap(record, expected.get(record), bytes, Bytes.INSTANCE)) {
            expected.put(record, bytes);
          }
        }
      }
    }
    long empty = store.preallocate();
    see(() -> store.get(empty, Bytes.INSTANCE));
    see(() -> store.get(1L << 40, Bytes.INSTANCE));
    see(store::verify);
    see(() -> open(file, false, false, true).close()); // it is locked
    see(store::getFreeSize);
    see(store::fileLoad);
    store.commit();
    store.close();
    see(() -> store.put(new byte[1], Bytes.INSTANCE));
  }

  private int found(Path file) {
    StoreDirect store = open(file, /* readOnly= */ true, false, false);
    int found = 0;
    for (Map.Entry<Long, byte[]> each : expected.entrySet()) {
      if (Arrays.equals(store.get(each.getKey(), Bytes.INSTANCE), each.getValue())) {
        found++;
      }
    }
    store.close();
    return found;
  }

  private void readOnly(Path file) {
    StoreDirect store = open(file, /* readOnly= */ true, false, false);
    long record = expected.keySet().iterator().next();
    see(() -> store.put(new byte[10], Bytes.INSTANCE));
    see(() -> store.update(record, new byte[10], Bytes.INSTANCE));
    see(() -> store.delete(record, Bytes.INSTANCE));
    see(store::preallocate);
    see(store::commit);
    see(() -> store.getBinaryLong(record, (in, size) -> size));
    see(() -> store.getAllRecids().nextLong());
    see(() -> store.getAllFiles().iterator().next());
    store.close();
  }

  /** Bits turned over in its header, its index and its records, and ends cut off. */
  private void damaged(Path file) throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < DAMAGED; i++) {
      byte[] bad = i % 7 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      for (int flip = 0; flip < i * 25; flip++) {
        int bound = i % 3 == 0 ? Math.min(1 << 16, bad.length) : bad.length;
        bad[random.nextInt(bound)] = (byte) random.nextInt();
      }
      Path copy = file.resolveSibling("damaged-" + i);
      Files.write(copy, bad);
      see(() -> readAll(copy, /* bypass= */ false));
      see(() -> readAll(copy, /* bypass= */ true));
      Files.delete(copy);
    }
  }

  private void readAll(Path file, boolean bypass) {
    StoreDirect store = open(file, /* readOnly= */ true, bypass, false);
    for (long record : expected.keySet()) {
      see(() -> store.get(record, Bytes.INSTANCE));
    }
    see(
        () -> {
          for (var records = store.getAllRecids(); records.hasNext(); ) {
            records.nextLong();
          }
        });
    see(store::verify);
    see(store::close);
  }

  private void refused(Path directory) {
    see(() -> open(directory, false, false, false));
    see(() -> open(directory.resolve("none/store"), false, false, false));
    see(() -> open(directory.resolve("none"), /* readOnly= */ true, false, false));
    see(() -> open(Path.of("/dev/full"), false, false, false));
    StoreDirect store = open(directory.resolve("interrupted"), false, false, true);
    Thread.currentThread().interrupt();
    see(() -> store.put(bytes(20_000_000), Bytes.INSTANCE)); // grows, by way of a channel
    see(store::commit);
    see(store::close);
    boolean ended = Thread.interrupted();
    thrown.merge("interrupted " + ended, 1, Integer::sum);
    StoreDirect refusing = open(directory.resolve("refusing"), false, false, false);
    see(() -> refusing.put(new byte[1], new Refusing()));
    see(() -> refusing.get(refusing.put(new byte[1], Bytes.INSTANCE), new Refusing()));
    see(refusing::close);
  }

  /** Counts what an action throws, by its kind. */
  private void see(Action action) {
    try {
      action.run();
    } catch (IllegalAccessError closed) { // MapDB's word for it, and no error of linking
      thrown.merge(closed.getMessage(), 1, Integer::sum);
    } catch (LinkageError missing) {
      linkErrors++;
      thrown.merge(missing.toString(), 1, Integer::sum);
    } catch (Throwable refused) {
      String kind = refused instanceof DBException ? "DBException " : "";
      thrown.merge(kind + refused.getClass().getSimpleName(), 1, Integer::sum);
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private interface Action {
    void run() throws IOException;
  }

  private static final class Bytes implements Serializer<byte[]> {

    static final Bytes INSTANCE = new Bytes();

    @Override
    public void serialize(DataOutput2 out, byte[] value) throws IOException {
      out.write(value);
    }

    @Override
    public byte[] deserialize(DataInput2 in, int available) throws IOException {
      byte[] value = new byte[available];
      in.readFully(value);
      return value;
    }

    @Override
    public boolean equals(byte[] first, byte[] second) {
      return Arrays.equals(first, second);
    }
  }

  private static final class Refusing implements Serializer<byte[]> {

    @Override
    public void serialize(DataOutput2 out, byte[] value) throws IOException {
      throw new IOException("no");
    }

    @Override
    public byte[] deserialize(DataInput2 in, int available) throws IOException {
      throw new IOException("no");
    }
  }
}
