package kotlin.coroutines;

/**
 * Stands for Kotlin's interface: a parameter of this type is what makes a compiled method a suspend
 * function.
 */
public interface Continuation<T> {
  void resumeWith(T result);
}
