package io.larder.it.apps.receivers;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * In each round a class that has no instance yet, and threads that each make one and call it at
 * once: the moment in which "the only instance" stops being true.
 */
public final class FirstInstances {

  private static final int ROUNDS = 60;
  private static final int THREADS = 4;
  private static final int CALLS = 300;

  private FirstInstances() {}

  /** Arguments: where the classes lie. */
  public static void main(String[] places) throws Exception {
    URL[] classes = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      classes[i] = new URL(places[i]);
    }
    int right = 0;
    int wrong = 0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int round = 0; round < ROUNDS; round++) {
      try (URLClassLoader loader =
          new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
        Class<?> type = loader.loadClass(Named.class.getName());
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          String name = "instance-" + round + "-" + thread + "-";
          tasks.add(() -> rightAnswers(type, name, start));
        }
        for (Future<Integer> answers : threads.invokeAll(tasks)) {
          right += answers.get();
          wrong += CALLS - answers.get();
        }
      }
    }
    threads.shutdown();
    Probe.say("right", right);
    Probe.say("wrong", wrong);
  }

  @SuppressWarnings("unchecked")
  private static int rightAnswers(Class<?> type, String name, CyclicBarrier start)
      throws Exception {
    IntFunction<String> instance =
        (IntFunction<String>) type.getConstructor(String.class).newInstance(name);
    start.await();
    int right = 0;
    for (int call = 0; call < CALLS; call++) {
      int number = call % 3;
      right += instance.apply(number).equals(name + number) ? 1 : 0;
    }
    return right;
  }

  /** Answers with its name. */
  public static final class Named implements IntFunction<String> {
    private final String name;

    public Named(String name) {
      this.name = name;
    }

    @Override
    @Cached
    public String apply(int number) {
      return name + number;
    }
  }
}
