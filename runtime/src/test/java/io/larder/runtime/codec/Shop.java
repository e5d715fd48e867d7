package io.larder.runtime.codec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Classes of values as applications have them. */
final class Shop {

  enum Status {
    NEW,
    PAID {
      @Override
      boolean isFinal() {
        return true;
      }
    };

    boolean isFinal() {
      return false;
    }
  }

  record Line(String sku, int quantity, BigDecimal price) implements Serializable {}

  sealed interface Payment extends Serializable permits Card, Transfer {}

  record Card(String number) implements Payment {}

  record Transfer(String iban, LocalDate day) implements Payment {}

  record Order(
      UUID id,
      Instant at,
      Status status,
      List<Line> lines,
      Map<String, String> notes,
      @Nullable Payment payment)
      implements Serializable {}

  /** As of a framework: no constructor that takes all, private fields, a superclass. */
  static class Entity implements Serializable {
    private static final long serialVersionUID = 1;
    private long id;

    Entity(long id) {
      this.id = id;
    }

    long id() {
      return id;
    }
  }

  static final class Customer extends Entity {
    private static final long serialVersionUID = 1;
    private final String name;
    private transient int cached = 5;
    private @Nullable Customer friend;
    private final List<Customer> others = new ArrayList<>();

    Customer(long id, String name) {
      super(id);
      this.name = name;
    }

    void befriend(Customer other) {
      friend = other;
      others.add(other);
    }

    @Nullable Customer friend() {
      return friend;
    }

    List<Customer> others() {
      return others;
    }

    int cached() {
      return cached;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Customer it && it.id() == id() && it.name.equals(name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id(), name);
    }
  }

  interface Shape {}

  record Circle(double radius) implements Shape, Serializable {}

  record Drawing(Shape shape) implements Serializable {}

  private Shop() {}

  static Order order(int lines) {
    List<Line> all = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      all.add(new Line("sku-" + i, i, BigDecimal.valueOf(1000 + i, 2)));
    }
    return new Order(
        new UUID(1, 2),
        Instant.ofEpochSecond(3, 4),
        Status.PAID,
        all,
        Map.of("a", "b"),
        new Transfer("DE00", LocalDate.of(2026, 11, 26)));
  }

  // Methods whose results are stored.

  static Order order() {
    return order(3);
  }

  static List<Order> orders() {
    return List.of(order(1), order(2));
  }

  static Customer customer() {
    Customer one = new Customer(1, "Ann");
    one.befriend(new Customer(2, "Bob"));
    return one;
  }

  static Object anything() {
    return new Object();
  }

  static Drawing drawing() {
    return new Drawing(new Circle(2));
  }

  static Shape shape() {
    return new Circle(1);
  }

  static Status status() {
    return Status.PAID;
  }

  static int number() {
    return 5;
  }

  static Line[] lines() {
    return new Line[] {new Line("a", 1, BigDecimal.ONE)};
  }
}
