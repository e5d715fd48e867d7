package io.larder.agent.weaving;

import io.larder.runtime.config.KeyPath;
import io.larder.runtime.config.TagTemplate;
import io.larder.runtime.policy.KeyPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds the parameters of one method that make a key or a tag. */
final class KeyCheck {

  private final FoundMethod method;
  private final List<String> problems;

  /**
   * A check.
   *
   * @param problems where it puts what is wrong
   */
  KeyCheck(FoundMethod method, List<String> problems) {
    this.method = method;
    this.problems = problems;
  }

  /** The key that the annotations of the parameters make: without any, of all parameters. */
  List<KeyPart> ofAnnotations() {
    if (!method.keyParameters.isEmpty() && !method.ignoredParameters.isEmpty()) {
      problems.add(
          "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two");
    }
    if (!method.keyParameters.isEmpty()) {
      return method.keyParameters.stream().sorted().map(KeyPart::of).toList();
    }
    List<KeyPart> all = new ArrayList<>();
    for (int i = 0; i < Type.getArgumentTypes(method.descriptor).length; i++) {
      if (!method.ignoredParameters.contains(i)) {
        all.add(KeyPart.of(i));
      }
    }
    return all;
  }

  /** A key of parameters and their properties. */
  List<KeyPart> parts(List<KeyPath> paths) {
    return paths.stream()
        .map(path -> new KeyPart(position("key", path), path.properties()))
        .toList();
  }

  /**
   * A key of parameters, the result, and their properties.
   *
   * @param hasResult whether there is a result when the key is asked for
   */
  List<KeyPart> partsWithResult(List<KeyPath> paths, boolean hasResult) {
    return paths.stream()
        .map(
            path ->
                isOfResult(path)
                    ? new KeyPart(checkedResult("key", hasResult), path.properties())
                    : new KeyPart(position("key", path), path.properties()))
        .toList();
  }

  /**
   * Templates in the form for the runtime, with parameters by position.
   *
   * @param hasResult whether there is a result when the tags are asked for
   */
  List<String> tags(List<TagTemplate> templates, boolean hasResult) {
    return templates.stream()
        .map(template -> template.with(path -> resolved(path, hasResult)).text())
        .toList();
  }

  private KeyPath resolved(KeyPath path, boolean hasResult) {
    if (isOfResult(path)) {
      checkedResult("tags", hasResult);
      return path;
    }
    return new KeyPath(String.valueOf(position("tags", path)), path.properties());
  }

  /** A parameter of that name comes first. */
  private boolean isOfResult(KeyPath path) {
    return path.parameter().equals(KeyPath.RESULT)
        && !Arrays.asList(method.parameterNames()).contains(KeyPath.RESULT);
  }

  private int checkedResult(String what, boolean hasResult) {
    if (Type.getReturnType(method.descriptor).getSort() == Type.VOID) {
      problems.add(what + ": there is no result (void)");
    } else if (!hasResult) {
      problems.add(what + ": there is no result before it runs");
    }
    return KeyPart.RESULT;
  }

  /** The position of a parameter that somebody names. */
  private int position(String what, KeyPath path) {
    @Nullable String[] names = method.parameterNames();
    for (int i = 0; i < names.length; i++) {
      if (path.parameter().equals(names[i]) || path.parameter().equals(String.valueOf(i))) {
        return i;
      }
    }
    String problem = what + ": there is no parameter \"" + path.parameter() + "\"; ";
    if (names.length == 0) {
      problem += "it takes none";
    } else if (Arrays.asList(names).contains(null)) {
      problem +=
          "its names were left out when it was compiled, so give positions, 0 to "
              + (names.length - 1);
    } else {
      problem += "its parameters are " + String.join(", ", names);
    }
    problems.add(problem);
    return 0;
  }
}
