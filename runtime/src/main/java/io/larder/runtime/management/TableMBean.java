package io.larder.runtime.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanConstructorInfo;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import org.jspecify.annotations.Nullable;

/**
 * An MBean that is made of a table of attributes and operations. By hand rather than as an MXBean,
 * because that keeps the order, names the parameters, shows our error texts word for word and sends
 * only types that every console has. Thread-safe.
 *
 * @param <S> what is read once for a request
 */
final class TableMBean<S> extends NotificationBroadcasterSupport implements DynamicMBean {

  /** Numbers the notifications of this MBean. */
  private final AtomicLong told = new AtomicLong();

  private final Supplier<@Nullable S> snapshots;
  private final Map<String, AttributeDefinition<S>> attributes = new LinkedHashMap<>();
  private final Map<String, OperationDefinition> operations = new LinkedHashMap<>();
  private final boolean writable;
  private final MBeanInfo info;

  /**
   * An MBean.
   *
   * @param snapshots reads what the attributes show; {@code null} when it is gone
   * @param writable whether attributes may be set and operations called that change something
   * @param notifications what {@link #tell} sends; none for an MBean that tells nothing
   */
  TableMBean(
      String description,
      Supplier<@Nullable S> snapshots,
      List<AttributeDefinition<S>> attributes,
      List<OperationDefinition> operations,
      boolean writable,
      MBeanNotificationInfo... notifications) {
    super(notifications);
    this.snapshots = snapshots;
    this.writable = writable;
    attributes.forEach(attribute -> this.attributes.put(attribute.name(), attribute));
    operations.forEach(operation -> this.operations.put(operation.name(), operation));
    this.info =
        new OpenMBeanInfoSupport(
            TableMBean.class.getName(),
            description,
            attributes.stream()
                .map(attribute -> attribute.info(writable))
                .toArray(OpenMBeanAttributeInfo[]::new),
            new OpenMBeanConstructorInfo[0],
            operations.stream()
                .map(OperationDefinition::info)
                .toArray(OpenMBeanOperationInfo[]::new),
            notifications,
            new ImmutableDescriptor("immutableInfo=true"));
  }

  /** Sends a notification to those who subscribed; the MBean server puts its name as the source. */
  void tell(String type, String message) {
    sendNotification(new Notification(type, this, told.incrementAndGet(), message));
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  @Override
  public @Nullable Object getAttribute(String name) throws AttributeNotFoundException {
    S snapshot = snapshots.get();
    AttributeDefinition<S> attribute = find(name);
    return snapshot == null ? null : attribute.getter().apply(snapshot);
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    S snapshot = snapshots.get();
    AttributeList values = new AttributeList();
    for (String name : names) {
      AttributeDefinition<S> attribute = attributes.get(name);
      if (attribute != null && snapshot != null) {
        values.add(new Attribute(name, attribute.getter().apply(snapshot)));
      }
    }
    return values;
  }

  @Override
  public void setAttribute(Attribute wanted)
      throws AttributeNotFoundException, InvalidAttributeValueException {
    AttributeDefinition<S> attribute = find(wanted.getName());
    AttributeDefinition.Setter setter = attribute.setter();
    if (setter == null) {
      throw new AttributeNotFoundException(wanted.getName() + " cannot be set");
    }
    if (!writable) {
      throw new InvalidAttributeValueException(
          wanted.getName() + " cannot be set: Larder was started with management=read-only");
    }
    Object value = wanted.getValue();
    if (!attribute.type().isValue(value)) {
      throw new InvalidAttributeValueException(
          wanted.getName() + " must be a " + attribute.type().getTypeName() + ": " + value);
    }
    try {
      setter.set(value);
    } catch (IllegalArgumentException refused) {
      throw new InvalidAttributeValueException(refused.getMessage());
    }
  }

  @Override
  public AttributeList setAttributes(AttributeList wanted) {
    AttributeList done = new AttributeList();
    for (Attribute attribute : new ArrayList<>(wanted.asList())) {
      try {
        setAttribute(attribute);
        done.add(attribute);
      } catch (AttributeNotFoundException | InvalidAttributeValueException refused) {
        // left out of the answer, as the interface asks
      }
    }
    return done;
  }

  @Override
  public Object invoke(String name, Object @Nullable [] arguments, String @Nullable [] signature)
      throws MBeanException, ReflectionException {
    OperationDefinition operation = operations.get(name);
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (operation == null || operation.parameters().size() != given.length) {
      throw new ReflectionException(
          new NoSuchMethodException(name),
          "there is no operation " + name + " with these parameters");
    }
    try {
      if (operation.changes() && !writable) {
        throw new IllegalArgumentException(
            name + " is not allowed: Larder was started with management=read-only");
      }
      for (int i = 0; i < given.length; i++) {
        OperationDefinition.Parameter parameter = operation.parameters().get(i);
        if (!parameter.type().isValue(given[i])) {
          throw new IllegalArgumentException(
              parameter.name() + " must be a " + parameter.type().getTypeName() + ": " + given[i]);
        }
      }
      return operation.work().run(given);
    } catch (IllegalArgumentException refused) {
      throw new MBeanException(refused, refused.getMessage());
    }
  }

  private AttributeDefinition<S> find(String name) throws AttributeNotFoundException {
    AttributeDefinition<S> attribute = attributes.get(name);
    if (attribute == null) {
      throw new AttributeNotFoundException("there is no attribute " + name);
    }
    return attribute;
  }
}
