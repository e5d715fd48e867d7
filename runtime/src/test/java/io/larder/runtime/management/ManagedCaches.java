package io.larder.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.time.FakeClock;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanParameterInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Caches that are managed through the platform's MBean server, as the operator sees them. */
abstract class ManagedCaches {

  static final ClassLoader APP = ManagedCaches.class.getClassLoader();

  final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  final FakeClock clock = new FakeClock();
  final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
  final List<CacheHandle> handles = new ArrayList<>();

  final FixedAgent agent = new FixedAgent();

  @Nullable Management management;

  Management manage(String mode) {
    Management made = new Management(registry, agent, "1.2.3", mode);
    management = made;
    registry.setListener(
        new CacheRegistry.Listener() {
          @Override
          public void created(CacheHandle handle) {
            handles.add(handle);
            made.created(handle);
          }

          @Override
          public void collected(CacheHandle handle) {
            made.collected(handle);
          }
        });
    return made;
  }

  @AfterEach
  void unregister() throws JMException {
    for (ObjectName name : names()) {
      server.unregisterMBean(name);
    }
  }

  Set<ObjectName> names() throws JMException {
    return server.queryNames(new ObjectName("io.larder:*"), null);
  }

  static ObjectName larder() throws JMException {
    return new ObjectName("io.larder:type=Larder");
  }

  static ObjectName prices() throws JMException {
    return new ObjectName("io.larder:type=Cache,name=prices");
  }

  Cache managedPrices(String mode) {
    Management made = manage(mode);
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    assertThat(made.attempt()).isZero();
    return cache;
  }

  void put(Cache cache, int entries) {
    for (int i = 0; i < entries; i++) {
      cache.memory().put(i, new Entry("v", clock.nanos(), 0, 0));
    }
  }

  Object get(ObjectName name, String attribute) throws JMException {
    return server.getAttribute(name, attribute);
  }

  void set(ObjectName name, String attribute, @Nullable Object value) throws JMException {
    server.setAttribute(name, new Attribute(attribute, value));
  }

  Object invoke(ObjectName name, String operation, @Nullable Object... arguments)
      throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return server.invoke(name, operation, arguments, signature);
  }

  /**
   * Checks that consoles can show all of an MBean, and that what can be set is what may be set.
   *
   * @param mode as {@link #manage} was told
   * @param settings attributes that can be set
   */
  void assertDescribedAndOfOpenTypes(ObjectName name, String mode, String... settings)
      throws JMException {
    MBeanInfo info = server.getMBeanInfo(name);
    assertThat(info.getDescription()).isNotBlank();
    assertThat(info.getAttributes()).isNotEmpty().doesNotHaveDuplicates();
    for (MBeanAttributeInfo attribute : info.getAttributes()) {
      assertThat(attribute.getDescription()).as(attribute.getName()).isNotBlank();
      assertThat(attribute.isReadable()).isTrue();
      assertThat(attribute.isWritable())
          .isEqualTo(mode.equals("full") && List.of(settings).contains(attribute.getName()));
      Object value = get(name, attribute.getName());
      assertThat(((OpenMBeanAttributeInfo) attribute).getOpenType().isValue(value))
          .as("%s is %s", attribute.getName(), value)
          .isTrue();
    }
    String[] all =
        Stream.of(info.getAttributes()).map(MBeanAttributeInfo::getName).toArray(String[]::new);
    assertThat(server.getAttributes(name, all)).hasSize(all.length);
    for (MBeanOperationInfo operation : info.getOperations()) {
      assertThat(operation.getDescription()).isNotBlank();
      for (MBeanParameterInfo parameter : operation.getSignature()) {
        assertThat(parameter.getDescription()).isNotBlank();
        assertThat(parameter.getName()).matches("[a-z][A-Za-z]+").isNotEqualTo("p0");
        assertThat(parameter).isInstanceOf(OpenMBeanParameterInfo.class);
      }
    }
  }
}
