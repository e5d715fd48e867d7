package io.larder.runtime.config;

import io.larder.runtime.config.Condition.Operator;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads one {@link Condition}: {@code [not] path [operator literal]}. */
final class ConditionParser {

  private static final String EXAMPLE = "result.empty, not result.valid or result.status == 'OPEN'";
  private static final String NOT = "not";

  private final String text;
  private int at;

  ConditionParser(String text) {
    this.text = text.strip();
  }

  Condition parse() {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a condition is empty; write " + EXAMPLE);
    }
    if (text.startsWith("!")) {
      throw wrong("the opposite is written with not", "not result.valid");
    }
    boolean negated = isNegated();
    if (negated) {
      at = NOT.length();
      skipSpaces();
    }
    KeyPath path = path();
    skipSpaces();
    if (at == text.length()) {
      return new Condition(negated, path, null, null);
    }
    Operator operator = operator();
    skipSpaces();
    Object literal = literal();
    skipSpaces();
    if (at < text.length()) {
      throw wrong(
          "\""
              + text.substring(at)
              + "\" is too much; of several conditions in a list any is enough",
          "result == null");
    }
    return condition(negated, path, operator, literal);
  }

  private Condition condition(
      boolean negated, KeyPath path, Operator operator, @Nullable Object literal) {
    try {
      return new Condition(negated, path, operator, literal);
    } catch (IllegalArgumentException withoutText) {
      throw new IllegalArgumentException(
          "condition \"" + text + "\": " + withoutText.getMessage(), withoutText);
    }
  }

  /** A parameter may be called {@code not}; then an operator or nothing follows. */
  private boolean isNegated() {
    if (!text.startsWith(NOT)
        || text.length() == NOT.length()
        || !Character.isWhitespace(text.charAt(NOT.length()))) {
      return false;
    }
    String rest = text.substring(NOT.length()).strip();
    return "=!<>".indexOf(rest.charAt(0)) < 0;
  }

  private KeyPath path() {
    int start = at;
    while (at < text.length() && !isSpaceOrOperator(text.charAt(at))) {
      at++;
    }
    try {
      return KeyPath.parse(text.substring(start, at));
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "condition \"" + text + "\": " + unreadable.getMessage(), unreadable);
    }
  }

  private static boolean isSpaceOrOperator(char c) {
    return Character.isWhitespace(c) || "=!<>".indexOf(c) >= 0;
  }

  private Operator operator() {
    int start = at;
    while (at < text.length() && "=!<>".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String symbol = text.substring(start, at);
    for (Operator operator : Operator.values()) {
      if (operator.symbol().equals(symbol)) {
        return operator;
      }
    }
    if (symbol.equals("=")) {
      throw wrong("= is written ==", text.substring(0, start) + "==" + text.substring(at));
    }
    throw wrong(
        "\"" + firstWord(start) + "\" is no operator; known: ==, !=, <, <=, >, >=", EXAMPLE);
  }

  private String firstWord(int start) {
    int end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private @Nullable Object literal() {
    if (at == text.length()) {
      throw wrong("nothing stands behind the operator", EXAMPLE);
    }
    if (text.charAt(at) == '\'') {
      return quoted();
    }
    String word = firstWord(at);
    if (word.startsWith("\"")) {
      throw wrong("text stands in single quotes", "result.status == 'OPEN'");
    }
    at += word.length();
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> number(word);
    };
  }

  /** Text in single quotes; two of them stand for one. */
  private String quoted() {
    StringBuilder quoted = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\'') {
        quoted.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        quoted.append(c);
        at++;
      } else {
        at++;
        return quoted.toString();
      }
    }
    throw wrong("a quote is not closed", "result.status == 'OPEN'");
  }

  /** No exponents: a number of a few characters would have a million digits. */
  private Object number(String word) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    int point = digits.indexOf('.');
    String whole = point < 0 ? digits : digits.substring(0, point);
    if (!KeyPath.areDigits(whole)
        || (point >= 0 && !KeyPath.areDigits(digits.substring(point + 1)))) {
      throw wrong(
          "\""
              + word
              + "\" is neither null, true, false nor a number; text stands in single quotes",
          text.substring(0, at - word.length()) + "'" + word + "'");
    }
    if (point < 0) {
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException tooLarge) {
        return new BigDecimal(word);
      }
    }
    return new BigDecimal(word);
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String rule, String example) {
    return new IllegalArgumentException(
        "condition \"" + text + "\": " + rule + "; write " + example);
  }
}
