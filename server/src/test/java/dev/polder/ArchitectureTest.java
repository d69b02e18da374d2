package dev.polder;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/// The arrows of the house: `App and gateway -> facade -> engine -> kernel`.
@AnalyzeClasses(packages = "dev.polder", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] SERVICES = {
    "dev.polder.appsync..",
    "dev.polder.athena..",
    "dev.polder.cloudformation..",
    "dev.polder.dynamodb..",
    "dev.polder.glue..",
    "dev.polder.iam..",
    "dev.polder.lambda..",
    "dev.polder.logs..",
    "dev.polder.s3..",
    "dev.polder.scheduler..",
    "dev.polder.stepfunctions..",
    "dev.polder.sts..",
    "dev.polder.xray.."
  };

  private static final String[] ENGINES = {
    "dev.polder.appsync.api..",
    "dev.polder.appsync.transform..",
    "dev.polder.athena.sql..",
    "dev.polder.cloudformation.sam..",
    "dev.polder.cloudformation.template..",
    "dev.polder.dynamodb.expression..",
    "dev.polder.dynamodb.item..",
    "dev.polder.glue.crawler..",
    "dev.polder.glue.expression..",
    "dev.polder.iam.policy..",
    "dev.polder.logs.pattern..",
    "dev.polder.scheduler.expression..",
    "dev.polder.stepfunctions.asl..",
    "dev.polder.stepfunctions.expression..",
    "dev.polder.xray.filter.."
  };

  @ArchTest
  static final ArchRule servicesMeetOnlyThroughSdkInterfaces =
      slices()
          .matching(
              "dev.polder.(appsync|athena|cloudformation|dynamodb|glue|iam|lambda|logs|s3|scheduler|stepfunctions|sts|xray)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule theKernelKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("dev.polder.kernel..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(SERVICES)
                  .or(
                      resideInAnyPackage(
                          "dev.polder.gateway..", "software.amazon..", "io.helidon..")));

  @ArchTest
  static final ArchRule theGatewayKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("dev.polder.gateway..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(SERVICES));

  @ArchTest
  static final ArchRule servicesDoNotKnowTheGateway =
      noClasses()
          .that()
          .resideInAnyPackage(SERVICES)
          .should()
          .dependOnClassesThat(resideInAnyPackage("dev.polder.gateway..", "io.helidon.."));

  @ArchTest
  static final ArchRule enginesArePure =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "software.amazon..",
                  "io.helidon..",
                  "java.sql..",
                  "dev.polder.store..",
                  "dev.polder.kernel.time..",
                  "java.nio.file..",
                  "java.net.http.."));

  @ArchTest
  static final ArchRule onlyTheKernelAsksForTheTime =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.polder.kernel..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule everyPackageSaysWhatMayBeNull =
      classes().should(resideInANullMarkedPackage());

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        if (!marked) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " is not @NullMarked (" + type.getName() + ")"));
        }
      }
    };
  }
}
