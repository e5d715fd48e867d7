package io.larder.benchmarks.questions;

import io.larder.runtime.codec.KeyHash;
import java.util.Random;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/**
 * A map of MapDB in mapped memory that has the bytes that Larder would have on disk. They are
 * decoded with Larder's code.
 */
final class RawMapDb {

  static final String NAME = "MapDB HTreeMap.get + decode";

  /** A hash of the cache's name and one of the arguments. */
  private static final int KEY_BYTES = 24;

  private final HTreeMap<byte[], byte[]> map =
      DBMaker.fileDB(RawDisk.directory("raw").resolve("products").toFile())
          .fileMmapEnable()
          .make()
          .hashMap("products", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY)
          .create();
  private final StoredProducts products = new StoredProducts();
  private final byte[][] keys = new byte[DiskShop.KEYS][KEY_BYTES];
  private final KeyHash[] hashes = new KeyHash[DiskShop.KEYS];
  private int next;

  RawMapDb() {
    Random random = new Random(46);
    for (int id = 0; id < DiskShop.KEYS; id++) {
      random.nextBytes(keys[id]);
      hashes[id] = KeyHash.of(keys[id]);
      byte[] unused = map.put(keys[id], products.envelope(id, hashes[id]));
    }
  }

  /** Gets the next values of the cycle. */
  long block(int operations) {
    long found = 0;
    for (int i = 0; i < operations; i++) {
      next = (next + 1) % DiskShop.KEYS;
      byte[] stored = map.get(keys[next]);
      found += stored == null ? 0 : DiskShop.counts(products.read(stored, hashes[next]), next);
    }
    return found;
  }
}
