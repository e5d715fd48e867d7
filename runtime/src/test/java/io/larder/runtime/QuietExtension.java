package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Fails each test that leaves a warning nobody expected, or a thread of Larder's. Registered for
 * all tests through {@code META-INF/services}.
 */
public final class QuietExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(QuietExtension.class);

  /** What was there before a test. */
  private record Before(LoggedLines lines, Set<Thread> threads) {}

  @Override
  public void beforeEach(ExtensionContext context) {
    before(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Before before = before(context);
    assertThat(before.lines.takeWarnings()).as("unexpected warnings").isEmpty();
    LeavesThreads allowed = context.getRequiredTestClass().getAnnotation(LeavesThreads.class);
    List<String> roles = allowed == null ? List.of() : Arrays.asList(allowed.value());
    if (!leaked(before.threads, roles).isEmpty()) { // waiting costs at least one interval
      await("threads of Larder's to end")
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(leaked(before.threads, roles)).isEmpty());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LoggedLines.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return before(context).lines;
  }

  private static Before before(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "before", key -> new Before(new LoggedLines(), larderThreads()), Before.class);
  }

  private static Set<Thread> leaked(Set<Thread> before, List<String> allowedRoles) {
    return larderThreads().stream()
        .filter(thread -> !before.contains(thread))
        .filter(
            thread ->
                Stream.concat(Stream.of("maintenance"), allowedRoles.stream()) // ends when idle
                    .noneMatch(role -> thread.getName().startsWith("larder-" + role + "-")))
        .collect(Collectors.toSet());
  }

  private static Set<Thread> larderThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder-"))
        .collect(Collectors.toSet());
  }
}
