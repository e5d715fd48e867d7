package io.larder.runtime.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a call or its result must be like: {@code result.empty}, {@code not user.known}, {@code
 * result.status != 'OPEN'}.
 *
 * @param negated whether the opposite is meant, of the comparison if there is one
 * @param path what is looked at: the result if its parameter is {@code result}, else a parameter;
 *     and properties from there
 * @param operator how it is compared; {@code null} if it must be {@code true} itself, for which
 *     {@code null} counts as {@code false}
 * @param literal what it is compared with: a {@link Boolean}, {@link Long}, {@link BigDecimal} or
 *     {@link String}, or {@code null} for {@code null}; always {@code null} without an operator
 */
public record Condition(
    boolean negated, KeyPath path, @Nullable Operator operator, @Nullable Object literal) {

  /** How two values are compared. */
  public enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
      return symbol;
    }

    boolean isOrder() {
      return this != EQUAL && this != NOT_EQUAL;
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if they do not fit; the message says how to write it
   */
  public Condition {
    boolean known =
        literal == null
            || literal instanceof Boolean
            || literal instanceof Long
            || literal instanceof BigDecimal
            || literal instanceof String;
    if (!known || (operator == null && literal != null)) {
      throw new IllegalArgumentException("a condition cannot hold " + literal);
    }
    if (operator != null && operator.isOrder() && (literal == null || literal instanceof Boolean)) {
      throw new IllegalArgumentException(
          literal + " has no order; compare it with == or !=, not with " + operator.symbol());
    }
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if it is not understood; the message says how to write it
   */
  public static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }

  /**
   * Reads a condition on a result.
   *
   * @throws IllegalArgumentException if it is not understood, or is not on the result; the message
   *     says how to write it
   */
  public static Condition parseOnResult(String text) {
    Condition condition = parse(text);
    if (!condition.isOnResult()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" must look at the result; write result.empty or result.status == 'OPEN'");
    }
    return condition;
  }

  /** Whether the result is looked at, so that it can be answered only after the call. */
  public boolean isOnResult() {
    return path.parameter().equals(KeyPath.RESULT);
  }

  /** The condition in its one form, which reads back as the same. */
  public String text() {
    String looked = negated ? "not " + path : path.toString();
    return operator == null ? looked : looked + " " + operator.symbol() + " " + literalText();
  }

  private String literalText() {
    return literal instanceof String text
        ? "'" + text.replace("'", "''") + "'"
        : literal instanceof BigDecimal number ? number.toPlainString() : String.valueOf(literal);
  }

  @Override
  public String toString() {
    return text();
  }
}
