package dev.polder.appsync.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polder.appsync.api.AuthRule.Provider;
import dev.polder.appsync.run.Identity;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.kernel.TestPlatform;
import dev.polder.store.Batch;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Who is who, by what they bring.
class IdentificationTest {
  private static final AuthSetting.UserPool POOL =
      new AuthSetting.UserPool("us-east-1_pool", "us-east-1", "app[12]", false);
  private static final AuthSetting.Oidc OIDC =
      new AuthSetting.Oidc("https://issuer.example/", "client", 0, 3_600_000);
  private static final AuthSettings SETTINGS =
      new AuthSettings(
          POOL,
          List.of(
              OIDC,
              new AuthSetting.ApiKey(),
              new AuthSetting.Iam(),
              new AuthSetting.Function("authorise", 60, "custom-.*")));

  @TempDir Path directory;
  private TestPlatform platform;
  private Identification identification;
  private final KeyPair rsa = pair("RSA", "2048");
  private final KeyPair ec = pair("EC", "secp256r1");
  private final List<String> invoked = new ArrayList<>();
  private String functionAnswer = "{}";

  @BeforeEach
  void start() throws IOException {
    platform = TestPlatform.in(directory);
    platform.add(LambdaClient.class, new Fake());
    Path keys = directory.resolve("jwks.json");
    Files.writeString(keys, jwks());
    var source =
        new KeySource(
            Map.of(POOL.issuer(), keys.toString(), "https://issuer.example", keys.toString()),
            platform.time());
    identification = new Identification(platform.platform(), source, null);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  private final class Fake implements LambdaClient {
    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      invoked.add(request.payload().asUtf8String());
      return InvokeResponse.builder().payload(SdkBytes.fromUtf8String(functionAnswer)).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static KeyPair pair(String algorithm, String size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("RSA")) {
        generator.initialize(Integer.parseInt(size));
      } else {
        generator.initialize(new ECGenParameterSpec(size));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private String jwks() {
    var r = (RSAPublicKey) rsa.getPublic();
    var e = (ECPublicKey) ec.getPublic();
    return Json.write(
        Map.of(
            "keys",
            List.of(
                Map.of(
                    "kty",
                    "RSA",
                    "kid",
                    "r",
                    "n",
                    number(r.getModulus()),
                    "e",
                    number(r.getPublicExponent())),
                Map.of(
                    "kty",
                    "EC",
                    "kid",
                    "e",
                    "crv",
                    "P-256",
                    "x",
                    number(e.getW().getAffineX()),
                    "y",
                    number(e.getW().getAffineY())))));
  }

  private Map<String, Object> claims(String issuer) {
    Instant now = platform.time().instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", "1234");
    claims.put("iss", issuer);
    claims.put("token_use", "access");
    claims.put("client_id", "app1");
    claims.put("aud", "client");
    claims.put("username", "ann");
    claims.put("cognito:groups", List.of("Admin"));
    claims.put("iat", now.getEpochSecond());
    claims.put("auth_time", now.getEpochSecond());
    claims.put("exp", now.plusSeconds(600).getEpochSecond());
    return claims;
  }

  private String token(String algorithm, String kid, KeyPair pair, Map<String, Object> claims) {
    try {
      String unsigned = Jwt.unsigned(Map.of("alg", algorithm, "kid", kid), claims);
      Signature signature =
          Signature.getInstance(
              algorithm.startsWith("ES") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(unsigned.getBytes(US_ASCII));
      return unsigned
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Identity identify(@Nullable Caller signer, String... headers) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      given.put(headers[i], headers[i + 1]);
    }
    return identification.identify(
        Scope.DEFAULT,
        SETTINGS,
        new Asked("api", "request", given, "10.0.0.1", signer, "query Q { a }", "Q", Map.of()));
  }

  private void assertRefused(String message, String... headers) {
    assertThatThrownBy(() -> identify(null, headers))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessage(message);
  }

  private static final String NO = "You are not authorized to make this call.";

  @Test
  void aKeyIsGoodUntilItExpires() {
    var keys = new ApiKeys(platform.platform().store(), platform.time());
    Instant now = platform.time().instant();
    var key = ApiKey.until("da2-key", null, now.plus(Duration.ofDays(1)));
    platform.platform().store().commit(keys.put(new Batch(), Scope.DEFAULT, "api", key));
    assertThat(identify(null, "x-api-key", "da2-key").provider()).isEqualTo(Provider.API_KEY);
    assertThat(identify(null, "x-api-key", "da2-key").json()).isNull();
    assertRefused(NO, "x-api-key", "da2-other");
    assertRefused("Valid authorization header not provided.");
    platform.time().advance(Duration.ofDays(1));
    assertRefused(NO, "x-api-key", "da2-key");
    assertThat(keys.list(Scope.DEFAULT, "api")).hasSize(1);
    platform.time().advance(Duration.ofDays(60));
    assertThat(keys.list(Scope.DEFAULT, "api")).isEmpty();
  }

  @Test
  void aUserPoolsTokenIsBelievedIfOneOfItsKeysSignedIt() {
    for (String token :
        List.of(
            token("RS256", "r", rsa, claims(POOL.issuer())),
            "Bearer " + token("ES256", "e", ec, claims(POOL.issuer())))) {
      Identity identity = identify(null, "authorization", token);
      assertThat(identity.provider()).isEqualTo(Provider.USER_POOLS);
      assertThat(identity.json())
          .containsEntry("sub", "1234")
          .containsEntry("issuer", POOL.issuer())
          .containsEntry("username", "ann")
          .containsEntry("sourceIp", List.of("10.0.0.1"))
          .containsEntry("defaultAuthStrategy", "ALLOW")
          .containsEntry("groups", List.of("Admin"))
          .containsKey("claims");
    }
  }

  @Test
  void aTokenThatIsWrongInAnyWayIsRefused() {
    String good = token("RS256", "r", rsa, claims(POOL.issuer()));
    assertRefused(NO, "authorization", good.substring(0, good.length() - 8) + "AAAAAAAA");
    assertRefused(NO, "authorization", token("RS256", "e", rsa, claims(POOL.issuer())));
    assertRefused(
        NO, "authorization", token("RS256", "r", pair("RSA", "2048"), claims(POOL.issuer())));
    assertRefused(NO, "authorization", token("RS256", "r", rsa, claims("https://other")));
    String none = Jwt.unsigned(Map.of("alg", "none", "kid", "r"), claims(POOL.issuer())) + ".";
    assertRefused(NO, "authorization", none);
    Map<String, Object> claims = claims(POOL.issuer());
    claims.put("client_id", "app3");
    assertRefused(NO, "authorization", token("RS256", "r", rsa, claims));
    claims = claims(POOL.issuer());
    claims.remove("token_use");
    assertRefused(NO, "authorization", token("RS256", "r", rsa, claims));
    claims = claims(POOL.issuer());
    claims.put("nbf", platform.time().instant().plusSeconds(300).getEpochSecond());
    assertRefused(NO, "authorization", token("RS256", "r", rsa, claims));
    platform.time().advance(Duration.ofSeconds(600));
    assertRefused("Token has expired.", "authorization", good);
  }

  @Test
  void anOidcTokenNamesTheClientAndIsYoungEnough() {
    String good = token("ES256", "e", ec, claims("https://issuer.example"));
    Identity identity = identify(null, "authorization", good);
    assertThat(identity.provider()).isEqualTo(Provider.OIDC);
    assertThat(identity.json()).containsOnlyKeys("sub", "issuer", "claims");
    Map<String, Object> claims = claims("https://issuer.example");
    claims.put("aud", List.of("other"));
    assertRefused(NO, "authorization", token("ES256", "e", ec, claims));
    claims.put("azp", "client");
    claims.put("auth_time", platform.time().instant().minusSeconds(3601).getEpochSecond());
    assertRefused("Token has expired.", "authorization", token("ES256", "e", ec, claims));
  }

  @Test
  void theDevelopmentIssuersTokensAreGoodOnlyWhereItIsOn() {
    var issuer =
        new DevelopmentIssuer(
            platform.platform().store(), platform.time(), platform.platform().ids());
    String token =
        issuer.issue(
            new DevelopmentIssuer.Wanted(
                POOL.issuer(),
                "app1",
                "ann",
                List.of("Admin"),
                Map.of(),
                true,
                Duration.ofHours(1)));
    assertRefused(NO, "authorization", token);
    identification =
        new Identification(platform.platform(), KeySource.none(platform.time()), issuer);
    assertThat(identify(null, "authorization", token).json())
        .containsEntry("username", "ann")
        .containsEntry("groups", List.of("Admin"));
  }

  @Test
  void aSignatureThatWasCheckedNamesItsCaller() {
    var root = Caller.root("AKIA", "000000000000");
    Identity identity = identify(root, "authorization", "AWS4-HMAC-SHA256 Credential=…");
    assertThat(identity.provider()).isEqualTo(Provider.IAM);
    assertThat(identity.json()).containsEntry("userArn", root.arn());
    assertRefused(NO, "authorization", "AWS4-HMAC-SHA256 Credential=…");
  }

  @Test
  void aFunctionIsAskedOncePerTokenAsLongAsItAllows() {
    functionAnswer =
        """
        {"isAuthorized": true, "resolverContext": {"tenant": "t1"}, "deniedFields":
         ["Note.secret", "arn:aws:appsync:us-east-1:000000000000:apis/api/types/Note/fields/x"]}
        """;
    var caller = (KnownCaller.ByFunction) identify(null, "authorization", "custom-1");
    assertThat(caller.json()).isEqualTo(Map.of("resolverContext", Map.of("tenant", "t1")));
    assertThat(caller.denied()).containsExactlyInAnyOrder("Note.secret", "Note.x");
    assertThat(Json.parseObject(invoked.getFirst()))
        .containsEntry("authorizationToken", "custom-1")
        .containsKey("requestContext");
    identify(null, "authorization", "custom-1");
    assertThat(invoked).hasSize(1);
    platform.time().advance(Duration.ofSeconds(60));
    identify(null, "authorization", "custom-1");
    assertThat(invoked).hasSize(2);
    functionAnswer = "{\"isAuthorized\": false, \"ttlOverride\": 0}";
    assertRefused(NO, "authorization", "custom-2");
    assertRefused(NO, "authorization", "other");
    assertThat(invoked).hasSize(3);
  }
}
