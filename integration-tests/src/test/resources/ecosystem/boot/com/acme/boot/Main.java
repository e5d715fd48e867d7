package com.acme.boot;

import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application without a web server: calls its services and ends. */
@SpringBootApplication
public class Main {

  private static final AtomicInteger INTERCEPTED = new AtomicInteger();

  public static void main(String[] arguments) {
    SpringApplication.run(Main.class, arguments).close();
  }

  /** Puts Spring's own proxy before one of the services. */
  @Bean
  static BeanNameAutoProxyCreator proxies() {
    BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
    creator.setBeanNames("prices");
    creator.setInterceptorNames("counting");
    creator.setProxyTargetClass(true);
    return creator;
  }

  @Bean
  static MethodInterceptor counting() {
    return invocation -> {
      INTERCEPTED.incrementAndGet();
      return invocation.proceed();
    };
  }

  @Bean
  CommandLineRunner calls(Catalogue catalogue, Prices prices) {
    return arguments -> {
      say("loader", Main.class.getClassLoader().getClass().getName());
      say("catalogue", catalogue.name(7) + ", " + catalogue.name(7) + ", " + catalogue.name(8));
      say("catalogue.bodies", Catalogue.BODIES);
      say("prices.class", prices.getClass().getSimpleName());
      say("prices", prices.total(7, 3) + ", " + prices.total(7, 3) + ", " + prices.total(8, 3));
      say("prices.bodies", Prices.BODIES);
      say("prices.intercepted", INTERCEPTED);
    };
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
