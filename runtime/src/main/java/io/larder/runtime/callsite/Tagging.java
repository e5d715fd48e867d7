package io.larder.runtime.callsite;

import io.larder.runtime.config.KeyPath;
import io.larder.runtime.config.TagTemplate;
import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.KeyPart;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * How the tags of a method's calls are made of its arguments and results. Thread-safe.
 *
 * <p>Each path of a template gives as many values as there are elements on the way, each of which
 * makes a tag; {@code null} counts as the word.
 */
final class Tagging {

  private static final Logger logger = Log.logger(Tagging.class);

  private final List<Template> templates;
  private final String method;
  private volatile boolean reported;

  /** A template, with the way to each of its values. */
  private record Template(List<String> texts, List<KeyPath> paths, List<DynamicPath> ways) {

    static Template of(MethodHandles.Lookup owner, TagTemplate template) {
      return new Template(
          template.texts(),
          template.paths(),
          template.paths().stream()
              .map(path -> new DynamicPath(owner, path.properties()))
              .toList());
    }

    void addAll(List<List<String>> values, int from, String soFar, Set<String> tags) {
      if (from == values.size()) {
        tags.add(soFar);
        return;
      }
      for (String value : values.get(from)) {
        addAll(values, from + 1, soFar + value + texts.get(from + 1), tags);
      }
    }
  }

  private Tagging(List<Template> templates, String method) {
    this.templates = templates;
    this.method = method;
  }

  /**
   * The tagging of a method.
   *
   * @param owner sees what the method's class sees
   * @param method as messages name it
   * @param templates as {@link TagTemplate} reads them, with parameters by position
   */
  static Tagging of(MethodHandles.Lookup owner, String method, List<String> templates) {
    return new Tagging(
        templates.stream().map(text -> Template.of(owner, TagTemplate.parse(text))).toList(),
        method);
  }

  /** Whether there are no tags. */
  boolean isEmpty() {
    return templates.isEmpty();
  }

  /**
   * The tags of one call.
   *
   * @param arguments those of the method, without the instance; read now
   * @return {@code null} when they cannot be read
   */
  @Nullable TagSource of(@Nullable Object[] arguments) {
    return call((path, way) -> valuesOf(way, arguments[path.position()]));
  }

  /**
   * The tags of a call of which only the key is known.
   *
   * @param key what makes the key
   * @param values its values
   * @return {@code null} when the tags depend on what is not in the key, or cannot be read
   */
  @Nullable TagSource ofKey(List<KeyPart> key, @Nullable Object[] values) {
    for (Template template : templates) {
      for (KeyPath path : template.paths) {
        if (!isOfResult(path) && partOf(path, key) < 0) {
          return null;
        }
      }
    }
    return call(
        (path, way) -> {
          int part = partOf(path, key);
          int known = key.get(part).properties().size();
          return valuesOf(way.from(known), values[part]);
        });
  }

  private @Nullable TagSource call(Arguments arguments) {
    try {
      return new Call(arguments);
    } catch (Throwable unreadable) {
      report(unreadable);
      return null;
    }
  }

  /** The first time; without the message of others, which may hold the argument. */
  private void report(Throwable unreadable) {
    if (!reported) {
      reported = true;
      logger.warn(
          "{}: a result whose tags cannot be read is not stored: {}",
          method,
          unreadable instanceof NoPropertyException
              ? unreadable.getMessage()
              : unreadable.getClass().getName());
    }
  }

  /** The part of a key that a path begins with; negative when there is none. */
  private static int partOf(KeyPath path, List<KeyPart> key) {
    for (int i = 0; i < key.size(); i++) {
      List<String> known = key.get(i).properties();
      if (key.get(i).parameter() == path.position()
          && known.size() <= path.properties().size()
          && known.equals(path.properties().subList(0, known.size()))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOfResult(KeyPath path) {
    return !path.isPosition();
  }

  private static List<String> valuesOf(DynamicPath way, @Nullable Object root) throws Throwable {
    List<String> values = new ArrayList<>();
    way.readEach(root, value -> values.add(String.valueOf(value)));
    return values;
  }

  /** Finds the values of an argument's path. */
  private interface Arguments {
    List<String> values(KeyPath path, DynamicPath way) throws Throwable;
  }

  /** The tags of one call, as far as they are known before it has a result. */
  private final class Call implements TagSource {

    /** For each template, for each path, its values; {@code null} for those of the result. */
    private final List<List<@Nullable List<String>>> known = new ArrayList<>();

    private boolean needsResult;

    Call(Arguments arguments) throws Throwable {
      for (Template template : templates) {
        List<@Nullable List<String>> ofTemplate = new ArrayList<>();
        for (int i = 0; i < template.paths.size(); i++) {
          KeyPath path = template.paths.get(i);
          needsResult |= isOfResult(path);
          ofTemplate.add(isOfResult(path) ? null : arguments.values(path, template.ways.get(i)));
        }
        known.add(ofTemplate);
      }
    }

    @Override
    public boolean needsResult() {
      return needsResult;
    }

    @Override
    public @Nullable List<String> tags(@Nullable Object result) {
      try {
        return tagsOf(result);
      } catch (Throwable unreadable) {
        report(unreadable);
        return null;
      }
    }

    private List<String> tagsOf(@Nullable Object result) throws Throwable {
      Set<String> tags = new LinkedHashSet<>();
      for (int i = 0; i < templates.size(); i++) {
        Template template = templates.get(i);
        List<List<String>> values = new ArrayList<>();
        for (int j = 0; j < template.paths.size(); j++) {
          List<String> there = known.get(i).get(j);
          values.add(there == null ? valuesOf(template.ways.get(j), result) : there);
        }
        template.addAll(values, 0, template.texts.get(0), tags);
      }
      return List.copyOf(tags);
    }
  }
}
