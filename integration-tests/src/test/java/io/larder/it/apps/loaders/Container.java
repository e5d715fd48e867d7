package io.larder.it.apps.loaders;

import io.larder.it.apps.Probe;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Deploys and undeploys web applications as a servlet container does, on threads that stay. */
public final class Container {

  private static final ExecutorService worker = Executors.newSingleThreadExecutor();

  private Container() {}

  /** Arguments: where the classes of a web application lie. */
  public static void main(String[] places) throws Exception {
    URL[] classes = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      classes[i] = new URL(places[i]);
    }
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>(twoAtOnce(classes));
    for (int i = 0; i < 3; i++) {
      loaders.add(deployAndUse(classes));
    }
    Probe.say(
        "collected",
        within30Seconds(() -> loaders.stream().allMatch(Container::isCollected))
            + " "
            + loaders.stream().map(Container::isCollected).toList());
    Probe.say("beansGone", within30Seconds(() -> beans().isEmpty()) + " " + beans());
    worker.shutdown();
  }

  /** Two deployments of one application never see each other's results. */
  private static List<WeakReference<ClassLoader>> twoAtOnce(URL[] classes) throws Exception {
    try (URLClassLoader left = loader(classes);
        URLClassLoader right = loader(classes)) {
      Function<String, String> leftShop = shop(left);
      Function<String, String> rightShop = shop(right);
      String leftTag = "tea@" + System.identityHashCode(left);
      String rightTag = "tea@" + System.identityHashCode(right);
      Probe.say("left", call(leftShop, "tea").replace(leftTag, "LEFT"));
      Probe.say("right", call(rightShop, "tea").replace(rightTag, "RIGHT"));
      Probe.say("leftAgain", call(leftShop, "tea").replace(leftTag, "LEFT"));
      Probe.say("forget", call(rightShop, "forget tea"));
      Probe.say("leftKept", call(leftShop, "tea").replace(leftTag, "LEFT"));
      Probe.say("rightForgot", call(rightShop, "tea").replace(rightTag, "RIGHT"));
      return List.of(new WeakReference<>(left), new WeakReference<>(right));
    }
  }

  private static WeakReference<ClassLoader> deployAndUse(URL[] classes) throws Exception {
    try (URLClassLoader loader = loader(classes)) {
      Function<String, String> shop = shop(loader);
      String answers = call(shop, "tea") + call(shop, "tea");
      Probe.say("answered", answers.length() > 0);
      Probe.say("beans", within30Seconds(() -> beans().size() == 2) + " " + beans());
      return new WeakReference<>(loader);
    }
  }

  private static URLClassLoader loader(URL[] classes) {
    return new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
  }

  @SuppressWarnings("unchecked")
  private static Function<String, String> shop(ClassLoader loader)
      throws ReflectiveOperationException {
    return (Function<String, String>)
        loader.loadClass(Shop.class.getName()).getConstructor().newInstance();
  }

  /** As a container does it: on a thread that stays, with the application's loader as context. */
  private static String call(Function<String, String> shop, String argument) throws Exception {
    return worker
        .submit(
            () -> {
              Thread thread = Thread.currentThread();
              ClassLoader before = thread.getContextClassLoader();
              thread.setContextClassLoader(shop.getClass().getClassLoader());
              try {
                return shop.apply(argument);
              } finally {
                thread.setContextClassLoader(before);
              }
            })
        .get(30, TimeUnit.SECONDS);
  }

  private static boolean isCollected(WeakReference<?> reference) {
    System.gc();
    return reference.get() == null;
  }

  private static Set<String> beans() {
    System.gc();
    try {
      Set<String> names = new TreeSet<>();
      for (ObjectName name :
          ManagementFactory.getPlatformMBeanServer()
              .queryNames(new ObjectName("io.larder:type=Cache,*"), null)) {
        names.add(name.toString());
      }
      return names;
    } catch (MalformedObjectNameException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static boolean within30Seconds(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30)) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return true;
  }
}
