/** Larder among what applications carry: other libraries, Spring Boot, other agents. */
@NullMarked
package io.larder.it.ecosystem;

import org.jspecify.annotations.NullMarked;
