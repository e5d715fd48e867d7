package io.larder.runtime.management;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;
import java.util.ArrayList;
import java.util.List;
import javax.management.openmbean.SimpleType;
import org.slf4j.Logger;

/** The MBean of what several caches share behind memory: Redis or the disk. */
final class BackendMBean {

  private static final Logger logger = Log.logger(BackendMBean.class);

  private final ShownBackend backend;

  private BackendMBean(ShownBackend backend) {
    this.backend = backend;
  }

  /** What is read at one moment. */
  private record Snapshot<T>(BackendState state, T own) {}

  static TableMBean<?> of(ShownBackend backend, boolean writable) {
    return new BackendMBean(backend).bean(backend.own(), writable);
  }

  private <T> TableMBean<?> bean(ShownBackend.Shown<T> own, boolean writable) {
    return new TableMBean<>(
        "What Larder keeps " + backend.place(),
        () -> new Snapshot<>(backend.state(), own.readings().get()),
        attributes(own),
        operations(),
        writable);
  }

  private <T> List<AttributeDefinition<Snapshot<T>>> attributes(ShownBackend.Shown<T> own) {
    List<AttributeDefinition<Snapshot<T>>> all = new ArrayList<>();
    TierAttributes.state(
            "UP; DEGRADED: some of it works, see LastError; DOWN: caches go on without; OFF:"
                + " switched off",
            "What is wrong now, without keys or credentials; empty for nothing")
        .forEach(each -> all.add(each.of(Snapshot::state)));
    all.add(
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether "
                + backend.title()
                + " is asked. Takes effect at once; what is invalidated while it is off is forgotten"
                + " there, too",
            snapshot -> snapshot.state().health() != Health.OFF,
            value -> setEnabled((Boolean) value)));
    own.attributes().forEach(each -> all.add(each.of(Snapshot::own)));
    return all;
  }

  private List<OperationDefinition> operations() {
    List<OperationDefinition> all = new ArrayList<>();
    all.add(
        new OperationDefinition(
            "check",
            "Tries whether "
                + backend.title()
                + " works, and says what came back; may take seconds",
            List.of(),
            /* changes= */ false,
            arguments -> backend.check()));
    all.addAll(backend.ownOperations());
    return all;
  }

  private void setEnabled(boolean enabled) {
    backend.setEnabled(enabled);
    logger.info("Tier {}: switched {} through JMX.", backend.name(), enabled ? "on" : "off");
  }
}
