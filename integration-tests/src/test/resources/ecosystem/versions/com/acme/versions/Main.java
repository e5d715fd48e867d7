package com.acme.versions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheWriter;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.google.common.collect.ImmutableList;
import io.larder.Cached;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisShardInfo;

/** An application with old versions of libraries, which uses what later versions removed. */
public final class Main {

  private static int bodies;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    source("caffeine", Caffeine.class);
    source("guava", ImmutableList.class);
    source("jedis", Jedis.class);
    source("slf4j", Logger.class);
    source("byte-buddy", ByteBuddy.class);
    say("caffeine.behaviour", caffeine());
    // Removed in Guava 21.
    say("guava.behaviour", com.google.common.base.Objects.firstNonNull(null, "first"));
    // Removed in Jedis 4.
    say("jedis.behaviour", new JedisShardInfo("shard", 1234).getPort());
    // SLF4J 2 looks for a service provider and never for this class.
    say("slf4j.behaviour", LoggerFactory.getILoggerFactory().getClass().getName());
    say("byte-buddy.behaviour", byteBuddy());
    say("cached", shout("larder") + " " + shout("larder"));
    say("bodies", bodies);
    LoggerFactory.getLogger(Main.class).info("the application's own log line");
  }

  /** Cached by Larder, and made with the application's own libraries. */
  @Cached
  private static ImmutableList<String> shout(String text) {
    bodies++;
    Cache<String, String> cache = Caffeine.newBuilder().maximumSize(1).build();
    return ImmutableList.of(cache.get(text, String::toUpperCase));
  }

  /** A writer, which Caffeine 3 no longer has. */
  private static List<String> caffeine() {
    List<String> written = new ArrayList<>();
    Cache<String, String> cache =
        Caffeine.newBuilder()
            .writer(
                new CacheWriter<String, String>() {
                  @Override
                  public void write(String key, String value) {
                    written.add(key + ":" + value);
                  }

                  @Override
                  public void delete(String key, String value, RemovalCause cause) {
                    written.add(key + ":" + cause);
                  }
                })
            .build();
    cache.put("key", "value");
    cache.invalidate("key");
    return written;
  }

  private static String byteBuddy() throws Exception {
    return new ByteBuddy()
        .subclass(Object.class)
        .method(ElementMatchers.named("toString"))
        .intercept(FixedValue.value("woven"))
        .make()
        .load(Main.class.getClassLoader())
        .getLoaded()
        .getDeclaredConstructor()
        .newInstance()
        .toString();
  }

  private static void source(String name, Class<?> type) {
    String location = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    say(name + ".source", location.substring(location.lastIndexOf('/') + 1));
    say(name + ".loader", type.getClassLoader() == ClassLoader.getSystemClassLoader());
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
