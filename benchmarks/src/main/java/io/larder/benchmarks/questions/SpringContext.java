package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring context with caching on Caffeine, as the reference documentation sets it up. */
final class SpringContext {

  private SpringContext() {}

  /** A bean of that class, behind the caching proxy. The context lives as long as the JVM. */
  static <T> T bean(Class<T> type) {
    return new AnnotationConfigApplicationContext(Caching.class, type).getBean(type);
  }

  @Configuration
  @EnableCaching
  static class Caching {

    @Bean
    CacheManager cacheManager() {
      CaffeineCacheManager manager = new CaffeineCacheManager();
      manager.setCaffeine(Caffeine.newBuilder().maximumSize(10_000));
      return manager;
    }
  }
}
