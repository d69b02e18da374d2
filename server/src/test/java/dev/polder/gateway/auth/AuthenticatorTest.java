package dev.polder.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polder.gateway.Raw;
import dev.polder.gateway.auth.Denied.Reason;
import dev.polder.kernel.Sessions;
import dev.polder.kernel.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {
  private static final String KEY = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String DATE = "20150830T123600Z";
  private static final String S3_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String S3_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final ManualTime time = new ManualTime(Instant.parse("2015-08-30T12:36:00Z"));

  private Optional<Denied> check(Raw request, byte[] body) {
    var policy = new Authentication.Verify(Map.of(KEY, SECRET, S3_KEY, S3_SECRET));
    var authenticator = new Authenticator(policy, Sessions.none(), time);
    boolean s3 = Credential.of(request).filter(c -> c.service().equals("s3")).isPresent();
    return authenticator.check(request, Credential.of(request), s3 ? null : body);
  }

  private Optional<Reason> reason(Raw request) {
    return check(request, request.bytes()).map(Denied::reason);
  }

  private static String authorization(String headers, String signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
        + " SignedHeaders="
        + headers
        + ", Signature="
        + signature;
  }

  /// Vectors of AWS's Signature Version 4 test suite, by their names in it.
  @ParameterizedTest
  @CsvSource({
    // get-vanilla
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    // get-vanilla-query-order-key-case
    "GET, /?Param2=value2&Param1=value1,"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    // get-unreserved
    "GET, /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz,"
        + " 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
    // get-utf8
    "GET, /ሴ, 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
    // get-relative, get-relative-relative, get-slash-dot-slash, get-slash
    "GET, /example/.., 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "GET, /example1/example2/../.., 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "GET, /./, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "GET, //, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    // get-slashes
    "GET, //example//, 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
    // get-space
    "GET, /example space/, 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
    // post-vanilla
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  })
  void signaturesOfTheTestSuiteAreAccepted(String method, String target, String signature) {
    var request =
        Raw.of(
            method,
            target,
            "",
            "Host",
            "example.amazonaws.com",
            "X-Amz-Date",
            DATE,
            "Authorization",
            authorization("host;x-amz-date", signature));
    assertThat(check(request, new byte[0])).isEmpty();
  }

  @Test
  void headerValuesAreTrimmed() {
    var request =
        Raw.of(
            "GET",
            "/",
            "",
            "Host",
            "example.amazonaws.com",
            "My-Header1",
            " value1",
            "My-Header2",
            " \"a   b   c\"",
            "X-Amz-Date",
            DATE,
            "Authorization",
            authorization(
                "host;my-header1;my-header2;x-amz-date",
                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"));
    assertThat(check(request, new byte[0])).isEmpty();
  }

  @Test
  void bodiesAreSigned() {
    var request =
        Raw.of(
            "POST",
            "/",
            "Param1=value1",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Host",
            "example.amazonaws.com",
            "X-Amz-Date",
            DATE,
            "Authorization",
            authorization(
                "content-type;host;x-amz-date",
                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    assertThat(check(request, request.bytes())).isEmpty();
    assertThat(check(request, "Param1=value2".getBytes(StandardCharsets.UTF_8)))
        .map(Denied::reason)
        .contains(Reason.WRONG_SIGNATURE);
  }

  @Test
  void theExampleOfIamsDocumentationIsAccepted() {
    var request =
        Raw.of(
            "GET",
            "/?Action=ListUsers&Version=2010-05-08",
            "",
            "Content-Type",
            "application/x-www-form-urlencoded; charset=utf-8",
            "Host",
            "iam.amazonaws.com",
            "X-Amz-Date",
            DATE,
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    assertThat(check(request, new byte[0])).isEmpty();
  }

  private static Raw s3Get(String target, String range, String headers, String signature) {
    var request =
        Raw.of(
            "GET",
            target,
            "",
            "Host",
            "examplebucket.s3.amazonaws.com",
            "x-amz-content-sha256",
            EMPTY,
            "x-amz-date",
            "20130524T000000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + S3_KEY
                + "/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                + headers
                + ",Signature="
                + signature);
    if (!range.isEmpty()) {
      request.headers().add("Range", range);
    }
    return request;
  }

  /// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  @Test
  void theExamplesOfS3sDocumentationAreAccepted() {
    var at = new ManualTime(Instant.parse("2013-05-24T00:00:00Z"));
    var authenticator =
        new Authenticator(
            new Authentication.Verify(Map.of(S3_KEY, S3_SECRET)), Sessions.none(), at);
    String plain = "host;x-amz-content-sha256;x-amz-date";
    Raw[] requests = {
      s3Get(
          "/test.txt",
          "bytes=0-9",
          "host;range;x-amz-content-sha256;x-amz-date",
          "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
      s3Get(
          "/?lifecycle",
          "",
          plain,
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
      s3Get(
          "/?max-keys=2&prefix=J",
          "",
          plain,
          "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    };
    for (Raw request : requests) {
      assertThat(authenticator.check(request, Credential.of(request), null)).isEmpty();
    }
  }

  private static final String PRESIGNED =
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
          + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
          + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

  /// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
  @Test
  void presignedUrlsHoldUntilTheyExpire() {
    var request = Raw.of("GET", PRESIGNED, "", "Host", "examplebucket.s3.amazonaws.com");
    var at = new ManualTime(Instant.parse("2013-05-24T23:59:59Z"));
    var authenticator =
        new Authenticator(
            new Authentication.Verify(Map.of(S3_KEY, S3_SECRET)), Sessions.none(), at);
    assertThat(authenticator.check(request, Credential.of(request), null)).isEmpty();
    at.advance(Duration.ofSeconds(2));
    assertThat(authenticator.check(request, Credential.of(request), null))
        .map(Denied::reason)
        .contains(Reason.EXPIRED);
  }

  @Test
  void aTamperedPresignedUrlIsRefused() {
    var longer =
        Raw.of(
            "GET",
            PRESIGNED.replace("=86400", "=86401"),
            "",
            "Host",
            "examplebucket.s3.amazonaws.com");
    var at = new ManualTime(Instant.parse("2013-05-24T01:00:00Z"));
    var authenticator =
        new Authenticator(
            new Authentication.Verify(Map.of(S3_KEY, S3_SECRET)), Sessions.none(), at);
    assertThat(authenticator.check(longer, Credential.of(longer), null))
        .map(Denied::reason)
        .contains(Reason.WRONG_SIGNATURE);
  }

  private Raw vanilla(String key, String date) {
    return Raw.of(
        "GET",
        "/",
        "",
        "Host",
        "example.amazonaws.com",
        "X-Amz-Date",
        date,
        "Authorization",
        authorization(
                "host;x-amz-date",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
            .replace("AKIDEXAMPLE", key));
  }

  @Test
  void requestsAreRefusedForTheirOwnReason() {
    assertThat(reason(vanilla(KEY, DATE))).isEmpty();
    assertThat(reason(vanilla("AKIDOTHER", DATE))).contains(Reason.UNKNOWN_KEY);
    assertThat(reason(vanilla(KEY, "20150830T123601Z"))).contains(Reason.WRONG_SIGNATURE);
    assertThat(reason(vanilla(KEY, "yesterday"))).contains(Reason.INCOMPLETE);
    assertThat(reason(Raw.of("GET", "/", ""))).contains(Reason.MISSING);
    assertThat(reason(Raw.of("GET", "/", "", "Authorization", "Basic abc")))
        .contains(Reason.MISSING);
    time.advance(Duration.ofMinutes(15));
    assertThat(reason(vanilla(KEY, DATE))).isEmpty();
    time.advance(Duration.ofSeconds(1));
    assertThat(reason(vanilla(KEY, DATE))).contains(Reason.SKEWED);
  }

  @Test
  void anAccessKeyOfTwelveDigitsNamesItsAccount() {
    var authenticator = new Authenticator(new Authentication.Any(), Sessions.none(), time);
    Raw own = vanilla("123456789012", DATE);
    Raw other = vanilla("test", DATE);
    assertThat(authenticator.caller(own, Credential.of(own)).account()).isEqualTo("123456789012");
    assertThat(authenticator.caller(other, Credential.of(other)).account())
        .isEqualTo("000000000000");
    assertThat(authenticator.check(other, Credential.of(other), new byte[0])).isEmpty();
  }
}
