package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PropertyPathTest {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  record Address(String city, int zip) {}

  /** A bean, as older code has them. */
  @SuppressWarnings("unused") // by their names
  static class User {
    public final String nick = "ada";
    private final @Nullable Address address;

    User(@Nullable Address address) {
      this.address = address;
    }

    public @Nullable Address getAddress() {
      return address;
    }

    public boolean isActive() {
      return true;
    }

    public void clear() {}

    public String named(String prefix) {
      return prefix;
    }

    public static String shared() {
      return "shared";
    }
  }

  private static @Nullable Object read(@Nullable Object root, Class<?> type, String path)
      throws Throwable {
    MethodHandle handle = PropertyPath.resolve(LOOKUP, type, Arrays.asList(path.split("\\.")));
    return handle.invoke(root);
  }

  @Test
  void resolve_recordAndBean_readsWhatTheirMethodsAnswer() throws Throwable {
    User user = new User(new Address("Ulm", 89073));
    assertThat(read(user, User.class, "address.city")).isEqualTo("Ulm");
    assertThat(read(user, User.class, "address.zip")).isEqualTo(89073);
    assertThat(read(user, User.class, "active")).isEqualTo(true);
    assertThat(read("text", String.class, "empty")).isEqualTo(false);
    assertThat(read("text", String.class, "length")).isEqualTo(4);
  }

  @Test
  void resolve_noMethod_readsTheField() throws Throwable {
    assertThat(read(new User(null), User.class, "nick")).isEqualTo("ada");
  }

  /** Proxies, as of Hibernate, leave the fields empty that their methods read elsewhere. */
  @Test
  void resolve_fieldBesideItsGetter_asksTheGetter() throws Throwable {
    class Lazy {
      @SuppressWarnings("unused")
      private final @Nullable Long id = null;

      @SuppressWarnings("unused")
      Long getId() {
        return 7L;
      }
    }
    assertThat(read(new Lazy(), Lazy.class, "id")).isEqualTo(7L);
  }

  @Test
  void resolve_nullOnTheWay_isNull() throws Throwable {
    assertThat(read(new User(null), User.class, "address.city")).isNull();
    assertThat(read(new User(null), User.class, "address.zip")).isNull();
    assertThat(read(null, User.class, "active")).isNull();
  }

  @Test
  void resolve_map_readsTheValueUnderTheName() throws Throwable {
    assertThat(read(Map.of("id", 5), Map.class, "id")).isEqualTo(5);
    assertThat(read(Map.of("id", 5), Map.class, "name")).isNull();
    assertThat(read(Map.of("id", 5), Map.class, "size")).as("a method first").isEqualTo(1);
  }

  /** The lists of {@code List.of} belong to a class that nobody may see. */
  @Test
  void resolve_hiddenClass_asksThroughWhatItImplements() throws Throwable {
    Class<?> hidden = List.of(1, 2).getClass();
    assertThat(read(List.of(1, 2), hidden, "empty")).isEqualTo(false);
    assertThat(read(new ArrayList<>(), ArrayList.class, "empty")).isEqualTo(true);
    assertThat(read(Optional.empty(), Optional.class, "empty")).isEqualTo(true);
  }

  @Test
  void resolve_nothing_isTheObjectItself() throws Throwable {
    Object itself = new Object();
    assertThat((Object) PropertyPath.resolve(LOOKUP, Object.class, List.of()).invoke(itself))
        .isSameAs(itself);
  }

  @Test
  void resolve_noSuchProperty_saysWhatThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(new Address("Ulm", 1), Address.class, "street"))
        .withMessageStartingWith(Address.class.getName() + " has no property \"street\"; it has: ")
        .withMessageContaining("city")
        .withMessageContaining("zip");
  }

  /** A getter has a result, takes nothing, and belongs to the object. */
  @Test
  void resolve_otherMethods_areNoProperties() {
    for (String name : List.of("clear", "named", "shared")) {
      assertThatIllegalArgumentException()
          .as(name)
          .isThrownBy(() -> read(new User(null), User.class, name));
    }
  }

  @Test
  void resolve_privateMethodOfAnotherClass_isNotSeen() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PropertyPath.resolve(
                    MethodHandles.publicLookup(), User.class, List.of("address", "city")));
  }
}
