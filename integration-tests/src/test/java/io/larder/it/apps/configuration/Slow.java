package io.larder.it.apps.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An annotation that an application may have for reasons of its own; not there at run time. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
@interface Slow {}
