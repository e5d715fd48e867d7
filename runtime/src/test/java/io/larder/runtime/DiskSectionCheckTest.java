package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSectionCheckTest {

  @TempDir Path there;

  private static DiskOptions in(Path directory) {
    return DiskOptions.NONE
        .with(DiskSetting.DIRECTORY, directory.toString())
        .with(DiskSetting.MAXIMUM_BYTES, "16MB");
  }

  @Test
  void objections_directoryThatIsThereOrCanBeMade_none() {
    assertThat(DiskSectionCheck.objections(in(there))).isEmpty();
    assertThat(DiskSectionCheck.objections(in(there.resolve("a").resolve("b")))).isEmpty();
    assertThat(there.resolve("a")).as("nothing is written").doesNotExist();
  }

  @Test
  void objections_noDirectory_none() {
    assertThat(DiskSectionCheck.objections(DiskOptions.NONE)).isEmpty();
  }

  @Test
  void objections_file_saysWhatItMustBe() throws IOException {
    Path file = Files.createFile(there.resolve("file"));
    assertThat(DiskSectionCheck.objections(in(file)))
        .containsOnlyKeys(DiskSetting.DIRECTORY)
        .containsValue(
            "directory \""
                + file
                + "\" is no directory: it must be a directory that the application can write to,"
                + " or one that it can make");
  }

  @Test
  void objections_belowAFile_namesTheFile() throws IOException {
    Path file = Files.createFile(there.resolve("file"));
    assertThat(DiskSectionCheck.objections(in(file.resolve("cache"))).get(DiskSetting.DIRECTORY))
        .startsWith(
            "directory \"" + file.resolve("cache") + "\": \"" + file + "\" is no directory");
  }

  @Test
  void objections_moreThanIsFree_saysHowMuchThereIs() {
    DiskOptions options = in(there).with(DiskSetting.MAXIMUM_BYTES, "1TB");
    assertThat(DiskSectionCheck.objections(options).get(DiskSetting.MAXIMUM_BYTES))
        .startsWith("maximumBytes must be at most the ")
        .endsWith(" or taken by Larder already: \"1TB\"");
  }
}
