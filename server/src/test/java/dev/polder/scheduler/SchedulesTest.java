package dev.polder.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleGroupSummary;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Tag;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/// Schedules and groups as clients keep them.
final class SchedulesTest extends SchedulerFixture {
  @Test
  void whatIsCreatedIsAnswered() {
    SchedulerClient scheduler = open();
    var created =
        scheduler.createSchedule(r ->
            schedule("s", "cron(0 6 * * ? *)")
                .andThen(b -> b.description("d").scheduleExpressionTimezone("Europe/Brussels"))
                .accept(r));
    String arn = "arn:aws:scheduler:us-east-1:000000000000:schedule/default/s";
    assertThat(created.scheduleArn()).isEqualTo(arn);
    var known = scheduler.getSchedule(r -> r.name("s"));
    assertThat(known.arn()).isEqualTo(arn);
    assertThat(known.groupName()).isEqualTo("default");
    assertThat(known.description()).isEqualTo("d");
    assertThat(known.scheduleExpression()).isEqualTo("cron(0 6 * * ? *)");
    assertThat(known.scheduleExpressionTimezone()).isEqualTo("Europe/Brussels");
    assertThat(known.flexibleTimeWindow().modeAsString()).isEqualTo("OFF");
    assertThat(known.stateAsString()).isEqualTo("ENABLED");
    assertThat(known.actionAfterCompletionAsString()).isEqualTo("NONE");
    assertThat(known.creationDate()).isEqualTo(TestPlatform.BEGIN);
    assertThat(known.target().retryPolicy().maximumRetryAttempts()).isEqualTo(185);
    assertThat(known.target().retryPolicy().maximumEventAgeInSeconds()).isEqualTo(86_400);
  }

  @Test
  void aRepeatedCreationIsKnownByItsToken() {
    SchedulerClient scheduler = open();
    Consumer<CreateScheduleRequest.Builder> made = schedule("s", "cron(0 6 * * ? *)");
    scheduler.createSchedule(r -> made.andThen(b -> b.clientToken("t")).accept(r));
    scheduler.createSchedule(r -> made.andThen(b -> b.clientToken("t")).accept(r));
    for (String token : new String[] {"u", null}) {
      assertThatThrownBy(() ->
              scheduler.createSchedule(r -> made.andThen(b -> b.clientToken(token)).accept(r)))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("Schedule s already exists.");
    }
  }

  @Test
  void listingsComeInPagesAndByGroupPrefixAndState() {
    SchedulerClient scheduler = open();
    scheduler.createScheduleGroup(r -> r.name("other"));
    for (int i = 0; i < 7; i++) {
      String name = (i % 2 == 0 ? "even" : "odd") + i;
      String group = i < 5 ? "default" : "other";
      ScheduleState state = i == 3 ? ScheduleState.DISABLED : ScheduleState.ENABLED;
      scheduler.createSchedule(r ->
          schedule(name, "cron(0 6 * * ? *)")
              .andThen(b -> b.groupName(group).state(state))
              .accept(r));
    }
    assertThat(
            scheduler.listSchedulesPaginator(r -> r.maxResults(2)).schedules().stream()
                .map(ScheduleSummary::name))
        .containsExactly("even0", "even2", "even4", "odd1", "odd3", "even6", "odd5");
    assertThat(scheduler.listSchedules(r -> r.groupName("other")).schedules()).hasSize(2);
    assertThat(scheduler.listSchedules(r -> r.namePrefix("odd")).schedules()).hasSize(3);
    assertThat(scheduler.listSchedules(r -> r.state("DISABLED")).schedules()).hasSize(1);
    assertThat(scheduler.listSchedules(r -> r.maxResults(7)).nextToken()).isNull();
    for (String token : List.of("x", "!", "W10=")) {
      assertThatThrownBy(() -> scheduler.listSchedules(r -> r.nextToken(token)))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("Invalid NextToken");
    }
  }

  @Test
  void groupsHaveTagsAndTakeTheirSchedulesWithThem() {
    SchedulerClient scheduler = open();
    String arn =
        scheduler
            .createScheduleGroup(r -> r.name("g").tags(Tag.builder().key("a").value("1").build()))
            .scheduleGroupArn();
    assertThat(arn).isEqualTo("arn:aws:scheduler:us-east-1:000000000000:schedule-group/g");
    scheduler.tagResource(r -> r.resourceArn(arn).tags(Tag.builder().key("b").value("2").build()));
    scheduler.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
    assertThat(scheduler.listTagsForResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(Tag.builder().key("b").value("2").build());
    assertThat(
            scheduler.listScheduleGroups(r -> {}).scheduleGroups().stream()
                .map(ScheduleGroupSummary::name))
        .containsExactly("default", "g");
    scheduler.createSchedule(
        r -> schedule("s", "cron(0 6 * * ? *)").andThen(b -> b.groupName("g")).accept(r));
    scheduler.deleteScheduleGroup(r -> r.name("g"));
    advance(Duration.ofDays(2));
    assertThat(inputs()).isEmpty();
    assertThatThrownBy(() -> scheduler.getScheduleGroup(r -> r.name("g")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Schedule group g does not exist.");
    assertThatThrownBy(() -> scheduler.deleteScheduleGroup(r -> r.name("default")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> scheduler.createScheduleGroup(r -> r.name("default")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void scopesDoNotSeeEachOther() {
    open().createSchedule(schedule("s", "cron(0 6 * * ? *)"));
    var other =
        Objects.requireNonNull(opened)
            .platform()
            .clients()
            .get(SchedulerClient.class, new Scope("111111111111", "eu-west-1"));
    assertThat(other.listSchedules(r -> {}).schedules()).isEmpty();
  }

  @Test
  void badDefinitionsAreRefusedWithTheirPlace() {
    SchedulerClient scheduler = open();
    Map<Consumer<CreateScheduleRequest.Builder>, String> cases =
        Map.ofEntries(
            Map.entry(b -> b.name(null), "Value null at 'name'"),
            Map.entry(b -> b.name("a b"), "Value 'a b' at 'name' failed"),
            Map.entry(b -> b.name("n".repeat(65)), "length less than or equal to 64"),
            Map.entry(b -> b.scheduleExpression(null), "Value null at 'scheduleExpression'"),
            Map.entry(
                b -> b.scheduleExpression("rate(10 seconds)"),
                "Invalid Schedule Expression rate(10 seconds)."),
            Map.entry(
                b -> b.scheduleExpressionTimezone("Mars/Olympus"),
                "Invalid Schedule Expression Timezone Mars/Olympus."),
            Map.entry(b -> b.state("ON"), "Value 'ON' at 'state' failed"),
            Map.entry(b -> b.actionAfterCompletion("GO"), "at 'actionAfterCompletion'"),
            Map.entry(b -> b.kmsKeyArn("arn:aws:kms:::k"), "KmsKeyArn is not supported"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("FLEXIBLE")), "MaximumWindowInMinutes must"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("FLEXIBLE").maximumWindowInMinutes(1441)),
                "less than or equal to 1440"),
            Map.entry(
                b -> b.flexibleTimeWindow(w -> w.mode("OFF").maximumWindowInMinutes(5)),
                "MaximumWindowInMinutes must not"),
            Map.entry(
                b -> b.startDate(TestPlatform.BEGIN).endDate(TestPlatform.BEGIN),
                "EndDate must come after StartDate."),
            Map.entry(
                b -> b.target(t -> t.arn("nothing").roleArn(ROLE)),
                "Provided Arn is not in correct format."),
            Map.entry(
                b -> b.target(t -> t.arn("arn:aws:kinesis:us-east-1:1:stream/s").roleArn(ROLE)),
                "The target arn:aws:kinesis:us-east-1:1:stream/s is not supported"),
            Map.entry(
                b ->
                    b.target(
                        t -> t.arn("arn:aws:scheduler:::aws-sdk:ec2:runInstances").roleArn(ROLE)),
                "The operation ec2:runInstances is not supported"),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn("arn:aws:scheduler:::aws-sdk:glue:startCrawler")
                            .roleArn(ROLE)
                            .input("{")),
                "Invalid RequestJson provided."),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn(MACHINE)
                            .roleArn(ROLE)
                            .deadLetterConfig(d -> d.arn("arn:aws:sqs:us-east-1:1:q"))),
                "Target.DeadLetterConfig is not supported"),
            Map.entry(
                b ->
                    b.target(t ->
                        t.arn(MACHINE).roleArn(ROLE).retryPolicy(p -> p.maximumRetryAttempts(186))),
                "less than or equal to 185"));
    cases.forEach((change, message) ->
        assertThatThrownBy(() ->
                scheduler.createSchedule(
                    r -> schedule("s", "rate(1 day)").andThen(change).accept(r)))
            .isInstanceOf(ValidationException.class)
            .hasMessageContaining(message));
    assertThat(scheduler.listSchedules(r -> {}).schedules()).isEmpty();
    assertThatThrownBy(() ->
            scheduler.createSchedule(
                r -> schedule("s", "rate(1 day)").andThen(b -> b.groupName("no")).accept(r)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Schedule group no does not exist.");
    assertThatThrownBy(() -> scheduler.deleteSchedule(r -> r.name("none")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
