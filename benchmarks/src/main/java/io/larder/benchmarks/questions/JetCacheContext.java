package io.larder.benchmarks.questions;

import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.config.EnableMethodCache;
import com.alicp.jetcache.anno.support.GlobalCacheConfig;
import com.alicp.jetcache.anno.support.JetCacheBaseBeans;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A Spring context with JetCache on Caffeine, set up as its documentation shows for 2.7. */
final class JetCacheContext {

  private JetCacheContext() {}

  /** A bean of that class, behind the caching proxy. The context lives as long as the JVM. */
  static <T> T bean(Class<T> type) {
    return new AnnotationConfigApplicationContext(Caching.class, type).getBean(type);
  }

  @Configuration
  @Import(JetCacheBaseBeans.class)
  @EnableMethodCache(basePackages = "io.larder.benchmarks.questions", proxyTargetClass = true)
  static class Caching {

    @Bean
    GlobalCacheConfig globalCacheConfig() {
      GlobalCacheConfig config = new GlobalCacheConfig();
      config.setLocalCacheBuilders(
          Map.of(
              CacheConsts.DEFAULT_AREA,
              CaffeineCacheBuilder.createCaffeineCacheBuilder()
                  .limit(10_000)
                  .keyConvertor(Fastjson2KeyConvertor.INSTANCE)));
      config.setRemoteCacheBuilders(Map.of());
      return config;
    }
  }
}
