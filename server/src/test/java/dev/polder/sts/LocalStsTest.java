package dev.polder.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.kernel.Sessions;
import dev.polder.kernel.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

class LocalStsTest {
  @TempDir Path directory;
  private TestPlatform platform;
  private Sessions sessions;
  private StsClient sts;

  @BeforeEach
  void start() {
    platform = TestPlatform.in(directory);
    sessions = platform.add(StsService::new).sessions();
    sts = platform.client(StsClient.class);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private Credentials assume(Consumer<AssumeRoleRequest.Builder> more) {
    return sts.assumeRole(r ->
            r.roleArn("arn:aws:iam::123456789012:role/etl")
                .roleSessionName("s1")
                .applyMutation(more))
        .credentials();
  }

  @Test
  void sessionsOutliveARestartAndEndAtTheirTime() {
    Credentials credentials = assume(r -> r.durationSeconds(900));
    stop();
    start();
    var found = sessions.find(credentials.accessKeyId(), credentials.sessionToken()).orElseThrow();
    assertThat(found.secretKey()).isEqualTo(credentials.secretAccessKey()).hasSize(40);
    assertThat(found.account()).isEqualTo("123456789012");
    assertThat(found.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/etl/s1");
    assertThat(credentials.accessKeyId()).startsWith("ASIA").hasSize(20);
    platform.time().advance(Duration.ofSeconds(900));
    assertThat(sessions.find(credentials.accessKeyId(), credentials.sessionToken())).isEmpty();
  }

  @Test
  void tokensCannotBeMadeUpOrMoved() {
    Credentials one = assume(_ -> {});
    Credentials other = assume(_ -> {});
    String token = one.sessionToken();
    assertThat(sessions.find(other.accessKeyId(), token)).isEmpty();
    assertThat(sessions.find(one.accessKeyId(), "")).isEmpty();
    assertThat(sessions.find(one.accessKeyId(), "a.b")).isEmpty();
    for (int at : new int[] {0, token.indexOf('.') - 1, token.length() - 2}) {
      char changed = token.charAt(at) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, at) + changed + token.substring(at + 1);
      assertThat(sessions.find(one.accessKeyId(), forged)).isEmpty();
    }
  }

  @Test
  void aSessionTokenSpeaksForTheCaller() {
    Credentials credentials = sts.getSessionToken().credentials();
    assertThat(
            sessions
                .find(credentials.accessKeyId(), credentials.sessionToken())
                .orElseThrow()
                .arn())
        .isEqualTo("arn:aws:iam::000000000000:root");
    assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
  }

  @Test
  void badParametersAreRefused() {
    refused(r -> r.roleArn("role/etl"), "role/etl is invalid");
    refused(r -> r.roleArn(null), "Value null at 'roleArn'");
    refused(r -> r.roleSessionName("a b"), "'a b' at 'roleSessionName'");
    refused(r -> r.durationSeconds(899), "greater than or equal to 900");
    refused(r -> r.durationSeconds(43_201), "less than or equal to 43200");
    refused(r -> r.policy("{}"), "Policy");
    refused(r -> r.tokenCode("123456"), "TokenCode");
  }

  private void refused(Consumer<AssumeRoleRequest.Builder> change, String message) {
    assertThatThrownBy(() -> assume(change))
        .isInstanceOfSatisfying(
            StsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"))
        .hasMessageContaining(message);
  }
}
