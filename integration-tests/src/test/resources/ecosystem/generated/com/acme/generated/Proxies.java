package com.acme.generated;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Proxies of the JDK, as frameworks make them, and a lambda. */
public class Proxies {

  /** Not visible outside the package, so its proxy is of this package. */
  interface Discounts {
    int of(Customer customer);
  }

  record Customer(String name) {}

  private static int calls;

  /** Answers for a proxy; each has rates of its own. */
  private static final class Handler implements InvocationHandler {

    private final Map<String, BigDecimal> rates = new TreeMap<>();

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return method.getName().equals("equals")
            ? proxy == arguments[0]
            : method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : "rates";
      }
      calls++;
      switch (method.getName()) {
        case "find":
          if (arguments[0] == null) {
            throw new InvocationTargetException(null, "no currency");
          }
          return Optional.ofNullable(rates.get(arguments[0]));
        case "currencies":
          return new ArrayList<>(rates.keySet());
        case "stream":
          return rates.keySet().stream();
        case "save":
          rates.put((String) arguments[0], (BigDecimal) arguments[1]);
          return null;
        case "of":
          return ((Customer) arguments[0]).name().length();
        default:
          return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Rates rates = proxy(Rates.class);
    rates.save("EUR", new BigDecimal("1.10"));
    Say.fact("found", rates.find("EUR") + " " + rates.find("EUR") + " " + rates.find("CHF"));
    Say.fact("currencies", rates.currencies() + " " + rates.currencies());
    Say.fact("streams", streamed(rates.stream()) + " " + streamed(rates.stream()));
    Say.fact("required", rates.require("EUR") + " " + rates.require("EUR"));
    Say.fact("calls", calls);

    rates.save("CHF", new BigDecimal("1.20"));
    Say.fact("saved", rates.find("CHF") + " " + rates.currencies());

    Rates other = proxy(Rates.class);
    Say.fact("other", other.find("EUR") + " " + other.find("EUR") + " " + rates.find("EUR"));
    Say.fact("sameClass", rates.getClass() == other.getClass());

    try {
      rates.find(null);
    } catch (Exception thrown) {
      Say.fact("thrown", thrown.getClass().getSimpleName() + " for " + thrown.getCause().getMessage());
    }
    Say.fact("object", rates + " " + rates.equals(rates) + " " + rates.equals(other));

    calls = 0;
    Discounts discounts = proxy(Discounts.class);
    Say.fact("discounts", discounts.of(new Customer("Ada")) + " " + discounts.of(new Customer("Ada")));
    Say.fact("discounts.calls", calls);

    calls = 0;
    Discounts lambda = customer -> ++calls;
    Say.fact("lambda", lambda.of(new Customer("Ada")) + " " + lambda.of(new Customer("Ada")));
    Say.statistics("rates");
    if (arguments.length > 0) {
      Say.fact("ready", true);
      System.in.read();
    }
  }

  private static List<String> streamed(Stream<String> stream) {
    return stream.toList();
  }

  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Handler()));
  }
}
