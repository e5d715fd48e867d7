package io.larder.benchmarks.promotion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The requests of a recorded application, in their order. */
final class Trace {

  private static final String ENDING = ".txt.gz";

  private final String name;
  private final int[] ids;
  private final List<Long> keys;

  private Trace(String name, int[] ids, List<Long> keys) {
    this.name = name;
    this.ids = ids;
    this.keys = keys;
  }

  /** A trace of these keys. */
  static Trace of(String name, Stream<Long> requests) {
    Map<Long, Integer> known = new HashMap<>();
    List<Long> keys = new ArrayList<>();
    int[] ids =
        requests
            .mapToInt(
                key ->
                    known.computeIfAbsent(
                        key,
                        first -> {
                          keys.add(first);
                          return keys.size() - 1;
                        }))
            .toArray();
    return new Trace(name, ids, keys);
  }

  /** Reads a file with a decimal number a line. */
  static Trace read(Path file) {
    String name = String.valueOf(file.getFileName()).replace(ENDING, "");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      return of(name, lines.lines().map(Long::valueOf));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the trace " + file, unreadable);
    }
  }

  /** The files of the traces in a directory, by name. */
  static List<Path> filesIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + directory, unreadable);
    }
  }

  String name() {
    return name;
  }

  /** The requests, each as the number of its key in the order of first appearance. */
  int[] ids() {
    return ids;
  }

  /** The key as it was recorded. */
  Long key(int id) {
    return keys.get(id);
  }

  /** How many keys there are. */
  int unique() {
    return keys.size();
  }

  /** How many entries a part of all keys is, but one at least. */
  int share(double part) {
    return Math.max(1, (int) Math.round(unique() * part));
  }
}
