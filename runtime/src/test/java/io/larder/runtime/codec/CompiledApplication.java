package io.larder.runtime.codec;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The class loader of an application that is compiled on the spot: its parent is the platform
 * loader, so that it sees nothing of Larder, and Larder nothing of it.
 */
final class CompiledApplication extends ClassLoader {

  private final Map<String, byte[]> classFiles;

  /** What was asked for, whether found or not. */
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private CompiledApplication(Map<String, byte[]> classFiles) {
    super(ClassLoader.getPlatformClassLoader());
    this.classFiles = classFiles;
  }

  /** One with these classes, each a whole source text with a public type. */
  static CompiledApplication of(String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, byte[]> classFiles = new HashMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                return new ByteArrayOutputStream() {
                  @Override
                  public void close() {
                    classFiles.put(name, toByteArray());
                  }
                };
              }
            };
          }
        };
    List<SimpleJavaFileObject> units =
        Arrays.stream(sources).map(CompiledApplication::unit).toList();
    boolean compiled =
        compiler
            .getTask(null, files, null, List.of("-proc:none", "-cp", "/nowhere"), null, units)
            .call();
    if (!compiled) {
      throw new IllegalArgumentException("does not compile: " + String.join("\n", sources));
    }
    return new CompiledApplication(classFiles);
  }

  private static SimpleJavaFileObject unit(String source) {
    String name =
        source.replaceAll(
            "(?s).*?public (?:\\w+ )*?(?:class|record|enum|interface) (\\w+).*", "$1");
    return new SimpleJavaFileObject(
        URI.create("mem:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    asked.add(name);
    byte[] classFile = classFiles.get(name);
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, classFile, 0, classFile.length);
  }

  /** The classes that were loaded, or looked for. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  /** What a static method without parameters returns. */
  Object call(String className, String method) throws ReflectiveOperationException {
    var found = loadClass(className).getDeclaredMethod(method);
    found.setAccessible(true);
    return found.invoke(null);
  }

  /** What a static method is declared to return. */
  Type returned(String className, String method) throws ReflectiveOperationException {
    return loadClass(className).getDeclaredMethod(method).getGenericReturnType();
  }
}
