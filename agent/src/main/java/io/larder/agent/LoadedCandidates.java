package io.larder.agent;

import io.larder.agent.premain.FirstLook;
import io.larder.agent.rules.Rule;
import io.larder.agent.weaving.ClassWeaver;
import io.larder.runtime.config.MethodPattern;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks among loaded classes for what a pattern that matches nothing may have meant. */
final class LoadedCandidates implements Explanation.Candidates {

  private static final int MOST = 3;

  private final Class<?>[] loaded;

  LoadedCandidates(Class<?>[] loaded) {
    this.loaded = loaded;
  }

  @Override
  public @Nullable String near(Rule rule) {
    MethodPattern pattern = rule.method().pattern();
    for (Class<?> type : loaded) {
      if (!FirstLook.isOfTheJdk(type.getClassLoader()) && pattern.matchesClass(type.getName())) {
        String methods = methodsNear(type, pattern.methodName());
        if (methods != null) {
          return methods;
        }
      }
    }
    return classesNear(pattern.classPart());
  }

  /** The methods of a class that a pattern means, those with a like name first. */
  private static @Nullable String methodsNear(Class<?> type, String wanted) {
    String resource = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      List<String> methods = new ArrayList<>(ClassWeaver.methodsOf(in.readAllBytes()));
      methods.sort(
          Comparator.comparingInt(
              method -> distance(wanted, method.substring(0, method.indexOf('(')))));
      return methods.isEmpty()
          ? null
          : type.getName()
              + " with "
              + String.join(", ", methods.subList(0, Math.min(MOST, methods.size())));
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  /** Classes of the same simple name elsewhere, or of a like one. */
  private @Nullable String classesNear(String wanted) {
    String simple = simpleName(wanted);
    List<String> near = new ArrayList<>();
    int most = Math.max(1, simple.length() / 4);
    for (Class<?> type : loaded) {
      if (!FirstLook.isOfTheJdk(type.getClassLoader())
          && !type.isArray()
          && distance(simple, simpleName(type.getName())) <= most) {
        near.add(type.getName());
      }
    }
    near.sort(Comparator.comparingInt(name -> distance(wanted, name)));
    return near.isEmpty() ? null : String.join(", ", near.stream().distinct().limit(MOST).toList());
  }

  private static String simpleName(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }

  /** Levenshtein's, whatever the case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
