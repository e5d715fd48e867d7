package io.larder.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

  @Test
  void newThread_takesNothingOverFromItsMaker() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("the application's");
    ThreadGroup group = new ThreadGroup("the application's");
    String[] inherited = {"unset"};
    Thread[] made = new Thread[1];
    Thread maker =
        new Thread(
            group,
            () -> made[0] = DaemonThreads.newThread("role", () -> inherited[0] = local.get()));
    maker.start();
    maker.join();
    Thread thread = made[0];
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isNull();
    assertThat(thread.getThreadGroup().getParent()).isNull();
    thread.start();
    thread.join();
    assertThat(inherited[0]).isNull();
  }

  @Test
  void newThread_countsByRole() {
    String first = DaemonThreads.newThread("counted", () -> {}).getName();
    String second = DaemonThreads.newThread("counted", () -> {}).getName();
    assertThat(first).isEqualTo("larder-counted-1");
    assertThat(second).isEqualTo("larder-counted-2");
  }
}
