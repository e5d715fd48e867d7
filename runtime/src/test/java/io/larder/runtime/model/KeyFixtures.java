package io.larder.runtime.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Key classes by hand, as the agent generates them. */
public final class KeyFixtures {

  private KeyFixtures() {}

  /** A key of a {@code String} and an {@code int}; hashed when made. */
  public static final class TextAndNumber extends Key {
    private final @Nullable String text;
    private final int number;

    public TextAndNumber(@Nullable String text, int number) {
      this.text = text;
      this.number = number;
      hash = computeHash();
    }

    @Override
    protected int computeHash() {
      return 31 * Objects.hashCode(text) + number;
    }

    @Override
    public boolean sameArguments(Key other) {
      TextAndNumber that = (TextAndNumber) other;
      return number == that.number && Objects.equals(text, that.text);
    }

    @Override
    public @Nullable Object[] arguments() {
      return new Object[] {text, number};
    }

    @Override
    protected Key copy() {
      return new TextAndNumber(text, number);
    }
  }

  /** A key of any one argument; to be {@code hashed()}. */
  public static final class Any extends Key {
    private final @Nullable Object argument;

    public Any(@Nullable Object argument) {
      this.argument = argument;
    }

    @Override
    protected int computeHash() {
      return hashOf(argument);
    }

    @Override
    public boolean sameArguments(Key other) {
      Object theirs = ((Any) other).argument;
      return Objects.equals(argument, theirs) || sameArray(argument, theirs);
    }

    @Override
    public @Nullable Object[] arguments() {
      return new Object[] {argument};
    }

    @Override
    protected Key copy() {
      return new Any(snapshot(argument));
    }

    /** What the key holds. */
    public @Nullable Object argument() {
      return argument;
    }
  }

  /** Another class of the same content. */
  public static final class Other extends Key {
    private final Object argument;

    public Other(Object argument) {
      this.argument = argument;
    }

    @Override
    protected int computeHash() {
      return hashOf(argument);
    }

    @Override
    public boolean sameArguments(Key other) {
      return argument.equals(((Other) other).argument);
    }

    @Override
    public @Nullable Object[] arguments() {
      return new Object[] {argument};
    }

    @Override
    protected Key copy() {
      return new Other(argument);
    }
  }

  /** A key of an instance and a {@code long}; hashed when made. */
  public static final class InstanceAndNumber extends InstanceKey {
    private final long number;

    public InstanceAndNumber(Object instance, long number) {
      super(instance);
      this.number = number;
      hash = computeHash();
    }

    @Override
    protected int computeHash() {
      return 31 * instanceHash() + Long.hashCode(number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other) && other instanceof InstanceAndNumber that && sameInstance(that);
    }

    @Override
    public boolean sameArguments(Key other) {
      return number == ((InstanceAndNumber) other).number;
    }

    @Override
    public @Nullable Object[] arguments() {
      return new Object[] {number};
    }

    @Override
    protected Key copy() {
      return new InstanceAndNumber(instance(), number);
    }
  }
}
