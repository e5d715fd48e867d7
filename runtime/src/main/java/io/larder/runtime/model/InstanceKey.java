package io.larder.runtime.model;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A key that belongs to one instance of the class, known by identity. A lookup refers to the
 * instance itself; what is stored refers to it weakly, and is dropped when the instance is gone.
 */
public abstract class InstanceKey extends Key {

  /** Where stored keys of an instance live. */
  public interface Owner {

    /** Where the references of gone instances are put. */
    ReferenceQueue<Object> goneInstances();

    /** Drops what is stored under a key, compared by identity. */
    void drop(Key key);
  }

  /** Either the instance, or a {@link Gone} that refers to it. */
  private Object instance;

  protected InstanceKey(Object instance) {
    this.instance = instance;
  }

  @Override
  public final Key detach(Owner owner) {
    InstanceKey stored = (InstanceKey) super.detach(owner);
    stored.instance = new Gone(instance, stored, owner);
    return stored;
  }

  /** The instance, or what refers to it: for a copy. */
  protected final Object instance() {
    return instance;
  }

  protected final int instanceHash() {
    return System.identityHashCode(instance);
  }

  /** Whether both keys belong to the same, living instance. */
  protected final boolean sameInstance(InstanceKey other) {
    Object mine = instance;
    Object theirs = other.instance;
    if (mine == theirs) {
      return true;
    }
    if (theirs instanceof Gone gone) {
      return mine instanceof Gone own ? own.sameAs(gone) : gone.refersTo(mine);
    }
    return mine instanceof Gone own && own.refersTo(theirs);
  }

  /** A weak reference to an instance that, once it is gone, knows which entry went with it. */
  public static final class Gone extends WeakReference<Object> {

    private final Key key;
    private final Owner owner;

    private Gone(Object instance, Key key, Owner owner) {
      super(instance, owner.goneInstances());
      this.key = key;
      this.owner = owner;
    }

    /** Drops the entry of the instance that is gone. */
    public void drop() {
      owner.drop(key);
    }

    private boolean sameAs(Gone other) {
      @Nullable Object alive = get();
      return alive != null && other.refersTo(alive);
    }
  }
}
