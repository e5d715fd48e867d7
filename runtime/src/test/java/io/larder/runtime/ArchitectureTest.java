package io.larder.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.slf4j.Logger;

@AnalyzeClasses(
    packages = "io.larder.runtime",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_areFreeOfCycles =
      slices().matching("io.larder.runtime.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule layers_lookDownOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("..runtime.model..")
          .layer("time")
          .definedBy("..runtime.time..")
          .layer("policy")
          .definedBy("..runtime.policy..")
          .layer("stats")
          .definedBy("..runtime.stats..")
          .layer("thread")
          .definedBy("..runtime.thread..")
          .layer("logging")
          .definedBy("..runtime.logging..")
          .layer("memory")
          .definedBy("..runtime.memory..")
          .layer("codec")
          .definedBy("..runtime.codec..")
          .layer("redis")
          .definedBy("..runtime.redis..")
          .layer("behind")
          .definedBy("..runtime.behind..")
          .layer("shared")
          .definedBy("..runtime.shared..")
          .layer("disk")
          .definedBy("..runtime.disk..")
          .layer("coordinator")
          .definedBy("..runtime.coordinator..")
          .layer("callsite")
          .definedBy("..runtime.callsite..")
          .layer("management")
          .definedBy("..runtime.management..")
          .layer("config")
          .definedBy("..runtime.config..")
          .layer("root")
          .definedBy("io.larder.runtime")
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("callsite")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("management")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("coordinator")
          .mayOnlyBeAccessedByLayers("callsite", "management", "root")
          .whereLayer("memory")
          .mayOnlyBeAccessedByLayers("coordinator", "callsite", "management", "root")
          .whereLayer("shared")
          .mayOnlyBeAccessedByLayers("coordinator", "callsite", "management", "root")
          .whereLayer("disk")
          .mayOnlyBeAccessedByLayers("management", "root")
          .whereLayer("disk")
          .mayOnlyAccessLayers("model", "codec", "time", "thread", "logging", "stats")
          .whereLayer("redis")
          .mayOnlyBeAccessedByLayers("shared", "management", "root")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers("shared", "disk", "coordinator", "callsite", "root")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers(
              "memory",
              "codec",
              "redis",
              "behind",
              "shared",
              "disk",
              "coordinator",
              "callsite",
              "management",
              "root")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers(
              "memory", "shared", "coordinator", "callsite", "management", "config", "root")
          .whereLayer("config")
          .mayOnlyAccessLayers("policy")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("coordinator", "callsite", "management", "root")
          .whereLayer("behind")
          .mayOnlyBeAccessedByLayers("shared", "management", "root")
          .whereLayer("stats")
          .mayOnlyBeAccessedByLayers(
              "redis", "shared", "disk", "coordinator", "callsite", "management", "root");

  @ArchTest
  static final ArchRule caffeine_isKnownToMemoryOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.memory..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes..");

  @ArchTest
  static final ArchRule foryAndLz4_areKnownToCodecOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.codec..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.fory..", "net.jpountz..");

  @ArchTest
  static final ArchRule jedis_isKnownToRedisOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.redis..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("redis.clients..");

  @ArchTest
  static final ArchRule mapDb_isKnownToDiskOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.disk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mapdb..", "org.eclipse.collections..", "kotlin..");

  @ArchTest
  static final ArchRule yaml_isKnownToConfigOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule slf4j_isUsedForLoggersOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.logging..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.slf4j..").and(not(type(Logger.class))));

  @ArchTest
  static final ArchRule javaUtilLogging_isNeverTouched =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule mbeans_areKnownToManagementOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.management..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.management..");

  @ArchTest
  static final ArchRule javaLangManagement_isKnownToManagementAndLockRingOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.management..")
          .and()
          .doNotHaveSimpleName("LockRing")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.management..");

  @ArchTest
  static final ArchRule standardOutput_belongsToTheApplication =
      noClasses().should().accessField(System.class, "out");

  @ArchTest
  static final ArchRule standardError_isWrittenByLogOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.larder.runtime.logging.Log")
          .should()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule threads_areMadeInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("..runtime.thread..")
          .should()
          .callConstructorWhere(
              describe("of a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)));
}
