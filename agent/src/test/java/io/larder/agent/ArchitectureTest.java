package io.larder.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.larder.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.larder.(agent..)").should().beFreeOfCycles();

  /** It lives in another class loader than all the rest. */
  @ArchTest
  static final ArchRule entry_knowsTheJdkAlone =
      noClasses()
          .that()
          .resideInAPackage("..agent.premain..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("..agent.premain..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule classFileLibrary_isKnownToThreePackagesOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("..agent.weaving..", "..agent.key..", "..agent.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("net.bytebuddy..");
}
