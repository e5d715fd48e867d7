package io.larder.runtime.callsite;

import io.larder.runtime.config.Condition;
import io.larder.runtime.logging.Log;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Results that are not to be stored, as the configuration's {@code unless} describes them. What
 * cannot be decided is not stored, and the first such case reported. Thread-safe.
 */
final class ResultFilter implements Predicate<@Nullable Object> {

  private static final Logger logger = Log.logger(ResultFilter.class);

  private final List<Test> tests;
  private final String method;
  private volatile boolean reported;

  private ResultFilter(List<Test> tests, String method) {
    this.tests = tests;
    this.method = method;
  }

  /**
   * A filter.
   *
   * @param owner sees what the method's class sees
   * @param method as messages name it
   * @param unless conditions on the result; one that holds is enough
   */
  static Predicate<@Nullable Object> of(
      MethodHandles.Lookup owner, String method, List<String> unless) {
    return unless.isEmpty()
        ? result -> false
        : new ResultFilter(
            unless.stream().map(text -> new Test(Condition.parse(text), owner)).toList(), method);
  }

  @Override
  public boolean test(@Nullable Object result) {
    for (Test test : tests) {
      try {
        if (test.holds(result)) {
          return true;
        }
      } catch (Throwable undecided) {
        if (!reported) {
          reported = true;
          logger.warn(
              "{}: results are not stored where \"unless: {}\" cannot be decided: {}",
              method,
              test.condition.text(),
              undecided instanceof UndecidedException
                  ? undecided.getMessage()
                  : undecided.getClass().getName()); // its message may hold the result
        }
        return true;
      }
    }
    return false;
  }

  /** With a message of ours, which holds no value. */
  private static final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecidedException(@Nullable String message) {
      super(message);
    }
  }

  /** One condition, with the way to what it looks at for each class of results. */
  private static final class Test {

    private final Condition condition;
    private final MethodHandles.Lookup owner;

    /** Goes with the class. */
    private final ClassValue<MethodHandle> paths =
        new ClassValue<>() {
          @Override
          protected MethodHandle computeValue(Class<?> type) {
            try {
              return PropertyPath.resolve(owner, type, condition.path().properties())
                  .asType(MethodType.genericMethodType(1));
            } catch (IllegalArgumentException noSuchProperty) {
              throw new UndecidedException(noSuchProperty.getMessage());
            }
          }
        };

    Test(Condition condition, MethodHandles.Lookup owner) {
      this.condition = condition;
      this.owner = owner;
    }

    boolean holds(@Nullable Object result) throws Throwable {
      Object value =
          result == null ? null : (Object) paths.get(result.getClass()).invokeExact(result);
      Condition.Operator operator = condition.operator();
      boolean is = operator == null ? isTrue(value) : compare(value, operator);
      return is != condition.negated();
    }

    private static boolean isTrue(@Nullable Object value) {
      if (value == null || value instanceof Boolean) {
        return Boolean.TRUE.equals(value);
      }
      throw new UndecidedException(
          "it is no boolean but a " + value.getClass().getName() + "; compare it with something");
    }

    private boolean compare(@Nullable Object value, Condition.Operator operator) {
      Object literal = condition.literal();
      if (value == null || literal == null) {
        boolean same = value == literal;
        return switch (operator) {
          case EQUAL -> same;
          case NOT_EQUAL -> !same;
          default -> false; // null has no order
        };
      }
      if (isFloating(value) && Double.isNaN(((Number) value).doubleValue())) {
        return operator == Condition.Operator.NOT_EQUAL; // as in Java
      }
      int order = orderOf(value, literal);
      return switch (operator) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }

    /** Whether it may be no number, or infinite. */
    private static boolean isFloating(Object value) {
      return value instanceof Double || value instanceof Float;
    }

    private static int orderOf(Object value, Object literal) {
      if (value instanceof Number number && !(literal instanceof Boolean)) {
        if (isFloating(value) && Double.isInfinite(number.doubleValue())) {
          return number.doubleValue() > 0 ? 1 : -1;
        }
        return new BigDecimal(number.toString()).compareTo(new BigDecimal(literal.toString()));
      }
      if (literal instanceof Boolean) {
        return literal.equals(value) ? 0 : 1;
      }
      String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
      return text.compareTo(literal.toString()); // texts, enums, dates
    }
  }
}
