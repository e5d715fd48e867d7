package io.larder.it.jvm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the threads of a JVM that does not end are doing: the first thing one asks. */
final class ThreadDump {

  private ThreadDump() {}

  static String of(Process jvm) throws InterruptedException {
    Path jcmd = Jdks.all().get(Jdks.all().size() - 1).tool("jcmd");
    try {
      Process dump =
          new ProcessBuilder(jcmd.toString(), Long.toString(jvm.pid()), "Thread.print")
              .redirectErrorStream(true)
              .start();
      Capture text = new Capture("thread-dump", dump.getInputStream());
      if (!dump.waitFor(15, TimeUnit.SECONDS)) {
        dump.destroyForcibly();
      }
      text.awaitEnd();
      return System.lineSeparator() + text.text();
    } catch (IOException failure) {
      return System.lineSeparator() + "No thread dump: " + failure.getMessage();
    }
  }
}
