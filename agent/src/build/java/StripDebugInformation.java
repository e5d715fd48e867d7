import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * Rewrites the class files below directories without the names of variables and the numbers of
 * lines. Run by the build, from this source.
 */
final class StripDebugInformation {

  private StripDebugInformation() {}

  public static void main(String[] directories) throws IOException {
    for (String directory : directories) {
      try (Stream<Path> files = Files.walk(Path.of(directory))) {
        List<Path> classFiles =
            files.filter(file -> file.toString().endsWith(".class")).toList();
        for (Path classFile : classFiles) {
          strip(classFile);
        }
      }
    }
  }

  private static void strip(Path classFile) throws IOException {
    ClassWriter stripped = new ClassWriter(0);
    new ClassReader(Files.readAllBytes(classFile)).accept(stripped, ClassReader.SKIP_DEBUG);
    Files.write(classFile, stripped.toByteArray());
  }
}
