package dev.polder.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Operations on stacks whose process is killed at a call, and started again.
class KilledStacksTest extends LakeStacks {
  private volatile BiConsumer<String, Boolean> onCall = (_, _) -> {};

  @Override
  void more() {
    watch(S3Client.class);
    watch(GlueClient.class);
  }

  /// Tells the test of calls: before (false) and after (true) each.
  private <C> void watch(Class<C> type) {
    C real = platform.client(type);
    platform.add(
        type,
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> {
                  onCall.accept(method.getName(), false);
                  try {
                    Object answer = method.invoke(real, arguments);
                    onCall.accept(method.getName(), true);
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                })));
  }

  /// Ends a thread as an end of the process would.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /// Ends the operation in hand before or after a call, such as `before createBucket`.
  ///
  /// @return open once it has ended
  private CountDownLatch killedAt(String moment) {
    String[] part = moment.split(" ");
    var killed = new CountDownLatch(1);
    onCall =
        (method, after) -> {
          if (method.equals(part[1]) && after == part[0].equals("after")) {
            onCall = (_, _) -> {};
            killed.countDown();
            throw new Killed();
          }
        };
    return killed;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before createBucket",
        "after createBucket",
        "before createDatabase",
        "after createDatabase"
      })
  void aKilledCreationGoesOn(String moment) throws Exception {
    CountDownLatch killed = killedAt(moment);
    client.createStack(b -> b.stackName("lake").templateBody(LAKE));
    killed.await();
    close();
    open();
    assertThat(stacks.settled("lake").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
    assertThat(buckets()).hasSize(1);
    assertThat(databases()).containsExactly("db_first");
    assertThat(events("lake"))
        .containsExactly("Data CREATE_COMPLETE", "Catalog CREATE_COMPLETE", "lake CREATE_COMPLETE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before createDatabase",
        "after createDatabase",
        "before deleteDatabase",
        "after deleteDatabase"
      })
  void aKilledReplacementGoesOn(String moment) throws Exception {
    stacks.create("lake", LAKE);
    CountDownLatch killed = killedAt(moment);
    client.updateStack(
        b -> b.stackName("lake").usePreviousTemplate(true).parameters(parameter("Name", "second")));
    killed.await();
    close();
    open();
    assertThat(stacks.settled("lake").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    assertThat(databases()).containsExactly("db_second");
  }
}
