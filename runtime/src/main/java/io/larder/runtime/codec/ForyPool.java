package io.larder.runtime.codec;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.fory.Fory;
import org.apache.fory.config.ForyBuilder;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.logging.LoggerFactory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.resolver.ClassResolver;
import org.apache.fory.serializer.Serializer;

/**
 * The instances of Fory for one result type: each is used by one thread at a time, all know the
 * same classes by their names. Without generated code: that would have to link against Fory and
 * against the application, whose loaders do not see each other, and its compiler is as large as all
 * of Larder. Thread-safe.
 */
final class ForyPool {

  /** Deeper than any sensible value; each level takes a few frames of the thread's stack. */
  static final int MAX_DEPTH = 128;

  /** As Fory estimates it; the largest payload, unpacked. */
  private static final long MAX_GRAPH_BYTES = 256L << 20;

  /** Kept for the next; more threads than these at once make their own. */
  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();

  /** To begin with. */
  private static final int SCRATCH_BYTES = 256;

  static {
    LoggerFactory.disableLogging(); // would write to standard output
  }

  private final ClassGraph graph;
  private final ClassLoader loader;
  private final boolean cyclic;
  private final ConcurrentLinkedQueue<Fory> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  ForyPool(ClassGraph graph, ClassLoader loader) throws NotStorableException {
    this.graph = graph;
    this.loader = loader;
    this.cyclic = graph.mayHoldItself();
    try {
      new Lease(make()).close();
    } catch (RuntimeException | LinkageError unfit) {
      throw new NotStorableException(
          "The codec fory cannot take "
              + graph.root().getTypeName()
              + ": "
              + unfit.getClass().getName());
    }
  }

  /** An instance for the calling thread alone; to be closed unless it failed. */
  Lease borrow() {
    Fory fory = idle.poll();
    if (fory == null) {
      return new Lease(make());
    }
    idleCount.decrementAndGet();
    return new Lease(fory);
  }

  private Fory make() {
    Fory fory = configured().build();
    ClassResolver resolver = (ClassResolver) fory.getTypeResolver();
    for (Class<?> type : resolver.getRegisteredClasses()) {
      if (!isValue(type)) {
        resolver.registerInternalSerializer(type, new RefusingSerializer<>(fory, type));
      }
    }
    ForyTextSerializer.register(fory, resolver);
    for (Class<?> type : graph.classes().values()) { // abstract ones too, for arrays of them
      String itsPackage = type.getPackageName();
      String name = type.getName();
      fory.register(
          type, itsPackage, itsPackage.isEmpty() ? name : name.substring(itsPackage.length() + 1));
      if (type.isRecord()) {
        ForyRecordSerializer.register(fory, type);
      }
    }
    describe(fory);
    return fory;
  }

  /**
   * Has Fory note how records and enums are described in what it writes. If it read one first, it
   * would note the fields, by which neither is written, and no other could read what it writes from
   * then on.
   */
  private void describe(Fory fory) {
    WriteContext scratch = fory.getWriteContext();
    scratch.prepare(MemoryBuffer.newHeapBuffer(SCRATCH_BYTES), /* callback= */ null);
    for (Class<?> type : graph.classes().values()) {
      if (type.isRecord() || type.isEnum()) {
        fory.getTypeResolver().writeTypeInfo(scratch, fory.getTypeResolver().getTypeInfo(type));
      }
    }
    scratch.reset();
  }

  private ForyBuilder configured() {
    return Fory.builder()
        .withXlang(false)
        .withClassLoader(loader)
        .withCompatible(true)
        .withRefTracking(cyclic)
        .withCodegen(false)
        .withAsyncCompilation(false)
        .serializeEnumByName(true)
        .requireClassRegistration(true)
        .withDeserializeUnknownClass(false)
        .withTypeChecker((resolver, className) -> JdkValues.contains(className))
        .registerGuavaTypes(false)
        .withMaxDepth(MAX_DEPTH)
        .withMaxGraphMemoryBytes(MAX_GRAPH_BYTES);
  }

  /** Whether a class that Fory knows by itself is among those that values may hold. */
  private static boolean isValue(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive() || JdkValues.contains(element.getName());
  }

  /** One instance while a thread uses it. */
  final class Lease implements AutoCloseable {

    private final Fory fory;

    private Lease(Fory fory) {
      this.fory = fory;
    }

    Fory fory() {
      return fory;
    }

    /** Gives it back. */
    @Override
    public void close() {
      if (idleCount.get() < KEPT) { // a few more do not matter
        idleCount.incrementAndGet();
        idle.add(fory);
      }
    }
  }

  /** That of a class which Fory knows by itself, and which is no value. */
  private static final class RefusingSerializer<T> extends Serializer<T> {

    RefusingSerializer(Fory fory, Class<T> type) {
      super(fory.getTypeResolver().getConfig(), type);
    }

    @Override
    public void write(WriteContext context, T value) {
      throw new NotAllowedException(type.getName());
    }

    @Override
    public T read(ReadContext context) {
      throw new NotAllowedException(type.getName());
    }
  }
}
