package io.larder.it.apps.refused;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kotlin.coroutines.Continuation;

/** Methods whose results cannot be cached; each is called twice and must work both times. */
public final class RefusedMethods {

  private RefusedMethods() {}

  public static void main(String[] arguments) {
    Refused refused = new Refused();
    twice(
        "nothing",
        () -> {
          refused.nothing();
          return "done";
        });
    twice("stream", () -> refused.stream().toList());
    twice("intStream", () -> refused.intStream().sum());
    twice("iterator", () -> refused.iterator().next());
    twice("spliterator", () -> refused.spliterator().estimateSize());
    twice("enumeration", () -> refused.enumeration().nextElement());
    twice("inputStream", () -> refused.inputStream().read());
    twice("byteArrayInput", () -> refused.byteArrayInput().read());
    twice("reader", () -> refused.reader().read());
    twice("publisher", () -> refused.publisher() != null);
    twice("submission", () -> refused.submission() != null);
    twice("suspend", () -> refused.suspend(1, null));
    twice("future", () -> refused.future().get());
    twice("completable", () -> refused.completable().join());
    twice("resource", () -> refused.resource().use());
    twice("autoCloseable", () -> refused.autoCloseable() != null);
    twice("closeablePublic", () -> refused.reading(1));
    Probe.calls("abstract", () -> new Concrete().value(1), () -> new Concrete().value(1));
    try {
      NativeMethods.call(1);
    } catch (UnsatisfiedLinkError unlinked) {
      Probe.say("native", "UnsatisfiedLinkError");
    }
  }

  private static void twice(String name, java.util.concurrent.Callable<?> call) {
    Probe.calls(name, call, call);
  }

  static final class Refused {

    @Cached
    void nothing() {
      Probe.body("nothing");
    }

    @Cached
    Stream<String> stream() {
      Probe.body("stream");
      return Stream.of("a", "b");
    }

    @Cached
    IntStream intStream() {
      Probe.body("intStream");
      return IntStream.of(1, 2);
    }

    @Cached
    Iterator<String> iterator() {
      Probe.body("iterator");
      return List.of("a").iterator();
    }

    @Cached
    Spliterator<String> spliterator() {
      Probe.body("spliterator");
      return List.of("a").spliterator();
    }

    @Cached
    Enumeration<Object> enumeration() {
      Probe.body("enumeration");
      return new StringTokenizer("a b");
    }

    @Cached
    InputStream inputStream() {
      Probe.body("inputStream");
      return new ByteArrayInputStream(new byte[] {65});
    }

    @Cached
    ByteArrayInputStream byteArrayInput() {
      Probe.body("byteArrayInput");
      return new ByteArrayInputStream(new byte[] {66});
    }

    @Cached
    Reader reader() {
      Probe.body("reader");
      return new StringReader("C");
    }

    @Cached
    Flow.Publisher<String> publisher() {
      Probe.body("publisher");
      return subscriber -> {};
    }

    @Cached
    SubmissionPublisher<String> submission() {
      Probe.body("submission");
      return new SubmissionPublisher<>(Runnable::run, 1);
    }

    @Cached
    Object suspend(int number, Continuation<? super String> continuation) {
      Probe.body("suspend");
      return "suspended " + number + continuation;
    }

    @Cached
    Future<String> future() {
      Probe.body("future");
      return CompletableFuture.completedFuture("later");
    }

    @Cached
    CompletableFuture<String> completable() {
      Probe.body("completable");
      return CompletableFuture.completedFuture("later");
    }

    @Cached
    Resource resource() {
      Probe.body("resource");
      return new Resource();
    }

    @Cached
    AutoCloseable autoCloseable() {
      Probe.body("autoCloseable");
      return () -> {};
    }

    /** Not refused: what makes a result uncacheable is its type, not what the body uses. */
    @Cached
    int reading(int number) throws Exception {
      Probe.body("closeablePublic");
      try (Resource resource = new Resource()) {
        return resource.use() + number;
      }
    }
  }

  /** An open resource of the application's own, as a connection of its pool would be. */
  static final class Resource implements AutoCloseable {
    int use() {
      return 7;
    }

    @Override
    public void close() {}
  }

  abstract static class Abstract {
    @Cached
    abstract int value(int number);
  }

  static final class Concrete extends Abstract {
    @Override
    int value(int number) {
      Probe.body("abstract");
      return number;
    }
  }

  static final class NativeMethods {
    @Cached
    static native int call(int number);
  }
}
