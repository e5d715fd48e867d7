package com.acme.plain;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** A Spring Boot application that knows nothing of Larder. */
@SpringBootApplication
public class Main {

  public static void main(String[] arguments) throws Exception {
    try (var context = SpringApplication.run(Main.class, arguments)) {
      System.out.println("ready=true");
      System.in.read();
    }
  }

  @Bean
  CommandLineRunner calls(Catalogue catalogue) {
    return arguments -> {
      System.out.println("first=" + catalogue.name(7) + ", " + catalogue.name(8));
      System.out.println("again=" + catalogue.name(7) + ", " + catalogue.name(8));
      System.out.println("annotations=" + (seesAnnotations() ? "there" : "absent"));
    };
  }

  private static boolean seesAnnotations() {
    return ClassUtils.isPresent("io.larder.Cached", Main.class.getClassLoader());
  }
}
