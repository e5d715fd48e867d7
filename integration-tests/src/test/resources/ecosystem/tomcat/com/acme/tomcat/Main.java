package com.acme.tomcat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** Embedded Tomcat with two web applications, one of which is replaced under requests. */
public final class Main {

  private static final int WARM = 500;

  private final Tomcat tomcat = new Tomcat();
  private final List<Client> clients = new ArrayList<>();

  private Main() {}

  /** Arguments: the directories of the first application, its new version, and the second. */
  public static void main(String[] directories) throws Exception {
    new Main().run(directories);
    System.exit(0);
  }

  private void run(String[] directories) throws Exception {
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    int port = start(directories);
    for (int i = 0; i < 2; i++) {
      clients.add(new Client(port, "one"));
      clients.add(new Client(port, "two"));
    }
    clients.forEach(Thread::start);
    awaitAnswers(WARM);
    say("ready", true);
    System.in.read();

    WeakReference<ClassLoader> old = replace(directories[1]);
    say("collected", within30Seconds(() -> isCollected(old)));
    awaitAnswers(WARM);
    clients.forEach(Client::end);
    for (Client client : clients) {
      client.join();
      say(client.getName(), client.outcome());
    }
    say("replaced", true);
    System.in.read();
    tomcat.stop();
  }

  private int start(String[] directories) throws Exception {
    deploy("one", 1, directories[0]);
    deploy("two", 1, directories[2]);
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  /** The new version first, as no request may find none; then the old one goes. */
  private WeakReference<ClassLoader> replace(String directory) throws Exception {
    Context old = (Context) tomcat.getHost().findChild("/one##1");
    WeakReference<ClassLoader> loader = new WeakReference<>(old.getLoader().getClassLoader());
    deploy("one", 2, directory);
    // Then each client has an answer to a request that was sent since: none is on its way to it.
    awaitAnswers(2);
    clients.forEach(Client::expectNew);
    tomcat.getHost().removeChild(old);
    return loader;
  }

  private void deploy(String name, int version, String directory) {
    StandardContext context = new StandardContext();
    context.setPath("/" + name);
    context.setWebappVersion(Integer.toString(version));
    context.setName("/" + name + "##" + version);
    context.setDocBase(new File(directory).getAbsolutePath());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    Tomcat.addServlet(context, "price", "com.acme.shop.PriceServlet");
    context.addServletMappingDecoded("/price", "price");
    tomcat.getHost().addChild(context);
  }

  private void awaitAnswers(int more) {
    List<Integer> goals = clients.stream().map(client -> client.answers() + more).toList();
    if (!within30Seconds(() -> reached(goals))) {
      throw new AssertionError("The clients get no answers");
    }
  }

  private boolean reached(List<Integer> goals) {
    for (int i = 0; i < goals.size(); i++) {
      if (clients.get(i).answers() < goals.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCollected(WeakReference<?> reference) {
    System.gc();
    return reference.get() == null;
  }

  private static boolean within30Seconds(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30)) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return true;
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
