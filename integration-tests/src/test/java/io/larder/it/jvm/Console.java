package io.larder.it.jvm;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * Looks at another JVM as JConsole does: attaches to it and talks to its platform MBean server,
 * without a class of Larder at this end.
 */
public final class Console implements AutoCloseable {

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private Console(JMXConnector connector, MBeanServerConnection server) {
    this.connector = connector;
    this.server = server;
  }

  /** Attaches; the JVM's MBean server is made if there was none. */
  @SuppressWarnings("BanJNDI") // the address was given by the local process
  public static Console attachTo(RunningJvm jvm) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
      try {
        JMXConnector connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        return new Console(connector, connector.getMBeanServerConnection());
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException failure) {
      throw new IllegalStateException("Cannot attach to " + jvm.pid(), failure);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot attach to " + jvm.pid(), failure);
    }
  }

  /** The names of the beans that match, such as {@code "io.larder:type=Cache,*"}. */
  public Set<String> beans(String pattern) {
    return call(
        () -> {
          Set<String> names = new TreeSet<>();
          server.queryNames(new ObjectName(pattern), null).forEach(n -> names.add(n.toString()));
          return names;
        });
  }

  public MBeanInfo info(String bean) {
    return call(() -> server.getMBeanInfo(new ObjectName(bean)));
  }

  public Object attribute(String bean, String name) {
    return call(() -> server.getAttribute(new ObjectName(bean), name));
  }

  /** Throws what the bean throws, wrapped as JMX wraps it. */
  public void set(String bean, String name, Object value) throws JMException {
    try {
      server.setAttribute(new ObjectName(bean), new Attribute(name, value));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Invokes an operation whose parameters are of the types of the arguments. */
  public @Nullable Object invoke(String bean, String operation, Object... arguments) {
    String[] signature = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      signature[i] =
          arguments[i] instanceof Boolean ? "boolean" : arguments[i].getClass().getName();
    }
    return call(() -> server.invoke(new ObjectName(bean), operation, arguments, signature));
  }

  /** What the bean tells from now on, as {@code type: message}; grows. */
  public List<String> notifications(String bean) {
    List<String> told = new CopyOnWriteArrayList<>();
    call(
        () -> {
          server.addNotificationListener(
              new ObjectName(bean),
              (each, handback) -> told.add(each.getType() + ": " + each.getMessage()),
              null,
              null);
          return told;
        });
    return told;
  }

  private interface Remote<T extends @Nullable Object> {
    T call() throws JMException, IOException;
  }

  private static <T extends @Nullable Object> T call(Remote<T> remote) {
    try {
      return remote.call();
    } catch (JMException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // The JVM ended first.
    }
  }
}
