package com.acme.woven;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Aspect;

/** AspectJ's advice around the method that Larder caches. */
@Aspect
public class Around {

  @org.aspectj.lang.annotation.Around("execution(* com.acme.woven.Shop.find(long))")
  public Object find(ProceedingJoinPoint call) throws Throwable {
    Shop.advised++;
    return "<" + call.proceed() + ">";
  }

  @org.aspectj.lang.annotation.Around("execution(* com.acme.woven.Shop.privateStock(boolean))")
  public Object stock(ProceedingJoinPoint call) throws Throwable {
    return call.proceed();
  }
}
