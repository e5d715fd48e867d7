package io.larder.it.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Repeats its input until an empty line; with a non-zero exit code as argument, ends at once. */
final class Echo {

  private Echo() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("version=" + Runtime.version().feature());
    System.err.println("to stderr");
    int exitCode = Integer.parseInt(arguments[0]);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      System.out.println("read " + line);
    }
  }
}
