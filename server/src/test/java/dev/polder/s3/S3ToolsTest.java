package dev.polder.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tools that people use, where the machine has them: AWS CLI and boto3.
final class S3ToolsTest {
  @TempDir Path directory;
  private Path work;
  private S3Server server;

  @BeforeEach
  void open() throws IOException {
    server = new S3Server(directory.resolve("data"));
    work = Files.createDirectory(directory.resolve("work"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// What a command printed that must succeed.
  private String run(String... command) throws Exception {
    return run(true, command);
  }

  /// What a command printed that must fail. The code that it exits with differs between versions.
  private String fails(String... command) throws Exception {
    return run(false, command);
  }

  private String run(boolean succeeds, String... command) throws Exception {
    Process process = started(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue() == 0).as(output).isEqualTo(succeeds);
    return output;
  }

  private Process started(String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("AWS_ACCESS_KEY_ID", "000000000000");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL", server.endpoint.toString());
    environment.put("AWS_MAX_ATTEMPTS", "1");
    environment.put("AWS_CONFIG_FILE", directory.resolve("none").toString());
    environment.put("AWS_PAGER", "");
    environment.put("NO_PROXY", "*");
    return builder.start();
  }

  private static void assume(String... command) throws InterruptedException {
    boolean present;
    try {
      present = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      present = false;
    }
    Assumptions.assumeTrue(present, "skipped: not on this machine: " + String.join(" ", command));
  }

  private String s3(String... arguments) throws Exception {
    return aws("s3", arguments);
  }

  private String aws(String service, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("aws", service));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void theCliMovesFoldersAndLargeFiles() throws Exception {
    assume("aws", "--version");
    var large = new byte[20 << 20];
    new Random(1).nextBytes(large);
    write("in/year=2020/a b.json", "{}".getBytes(StandardCharsets.UTF_8));
    write("in/year=2021/é.json", "[]".getBytes(StandardCharsets.UTF_8));
    write("in/large", large);

    assertThat(s3("mb", "s3://lake")).contains("make_bucket: lake");
    s3("cp", "--recursive", "in", "s3://lake/raw", "--quiet");
    assertThat(server.fixture.root.resolve("lake/raw/large")).hasBinaryContent(large);
    assertThat(s3("ls", "s3://lake/raw/")).contains("PRE year=2020/", "20971520 large");
    assertThat(s3("ls", "--recursive", "--summarize", "s3://lake"))
        .contains("raw/year=2021/é.json", "Total Objects: 3");

    s3("cp", "s3://lake/raw/large", "s3://lake/copy/large", "--quiet");
    s3("sync", "s3://lake", "out", "--quiet");
    assertThat(work.resolve("out/copy/large")).hasBinaryContent(large);
    assertThat(work.resolve("out/raw/year=2021/é.json")).hasContent("[]");
    assertThat(s3("sync", "s3://lake", "out")).doesNotContain("download");
    Files.delete(work.resolve("out/copy/large"));
    assertThat(s3("sync", "--delete", "out", "s3://lake")).contains("delete: s3://lake/copy/large");

    URI signed = URI.create(s3("presign", "s3://lake/raw/year=2020/a b.json").strip());
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(HttpRequest.newBuilder(signed).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("{}");
    }
    s3("mv", "s3://lake/raw/large", "s3://lake/moved", "--quiet");
    assertThat(fails("aws", "s3", "rb", "s3://lake")).contains("BucketNotEmpty");
    s3("rm", "--recursive", "s3://lake", "--quiet");
    assertThat(s3("rb", "s3://lake")).contains("remove_bucket: lake");
    assertThat(s3("ls")).isEmpty();
  }

  @Test
  void theCliReachesEveryOperationThatALakeNeeds() throws Exception {
    assume("aws", "--version");
    write("f", "0123456789".getBytes(StandardCharsets.UTF_8));
    String[] object = {"--bucket", "lake", "--key", "dir/f"};

    assertThat(aws("s3api", "create-bucket", "--bucket", "lake")).contains("\"/lake\"");
    assertThat(put("--metadata", "a=1", "--content-type", "text/x", "--tagging", "t=1"))
        .contains("781e5e245d69b566979b86e28d23f2c7");
    assertThat(fails(with("put-object", object, "--body", "f", "--if-none-match", "*")))
        .contains("PreconditionFailed");
    assertThat(aws("s3api", with(object, "head-object"))).contains("text/x", "\"a\": \"1\"");
    assertThat(aws("s3api", with(object, "get-object", "--range", "bytes=2-4", "out")))
        .contains("bytes 2-4/10");
    assertThat(work.resolve("out")).hasContent("234");
    assertThat(aws("s3api", with(object, "get-object-tagging"))).contains("\"t\"");
    assertThat(aws("s3api", with(object, "get-object-acl"))).contains("FULL_CONTROL");
    assertThat(
            aws(
                "s3api",
                with(object, "get-object-attributes", "--object-attributes", "ETag", "ObjectSize")))
        .contains("\"ObjectSize\": 10");
    assertThat(
            aws(
                "s3api",
                "list-objects-v2",
                "--bucket",
                "lake",
                "--delimiter",
                "/",
                "--output",
                "text"))
        .contains("dir/");
    assertThat(aws("s3api", "list-object-versions", "--bucket", "lake")).contains("\"null\"");
    assertThat(aws("s3api", "get-bucket-location", "--bucket", "lake")).contains("null");
    assertThat(aws("s3api", "get-bucket-versioning", "--bucket", "lake")).isEmpty();
    assertThat(fails("aws", "s3api", "get-bucket-policy", "--bucket", "lake"))
        .contains("NoSuchBucketPolicy");
    assertThat(
            fails(
                "aws",
                "s3api",
                "put-bucket-versioning",
                "--bucket",
                "lake",
                "--versioning-configuration",
                "Status=Enabled"))
        .contains("NotImplemented", "PutBucketVersioning");
    assertThat(fails(with("head-object", new String[] {"--bucket", "lake", "--key", "none"})))
        .contains("404");
    assertThat(
            aws(
                "s3api",
                "delete-objects",
                "--bucket",
                "lake",
                "--delete",
                "Objects=[{Key=dir/f},{Key=none}]"))
        .contains("\"none\"");
    assertThat(aws("s3api", "delete-bucket", "--bucket", "lake")).isEmpty();
  }

  private String put(String... more) throws Exception {
    return aws(
        "s3api",
        with(
            new String[] {"--bucket", "lake", "--key", "dir/f"},
            "put-object",
            concat(new String[] {"--body", "f"}, more)));
  }

  private static String[] with(String[] object, String operation, String... more) {
    return concat(concat(new String[] {operation}, object), more);
  }

  private static String[] with(String operation, String[] object, String... more) {
    return concat(new String[] {"aws", "s3api"}, with(object, operation, more));
  }

  private static String[] concat(String[] a, String[] b) {
    var all = new ArrayList<>(List.of(a));
    all.addAll(List.of(b));
    return all.toArray(String[]::new);
  }

  @Test
  void boto3Works() throws Exception {
    assume("python3", "-c", "import boto3");
    String script =
        """
        import boto3, io, os, urllib.request
        from botocore.config import Config
        from botocore.exceptions import ClientError
        s3 = boto3.client('s3')
        s3.create_bucket(Bucket='lake')
        key = 'a b+c/é=%2F\\U0001F600'
        s3.put_object(Bucket='lake', Key=key, Body=b'text', Metadata={'m': '1'})
        got = s3.get_object(Bucket='lake', Key=key)
        print(got['Body'].read(), got['Metadata'], got['ETag'])
        big = os.urandom(17 << 20)
        s3.upload_fileobj(io.BytesIO(big), 'lake', 'big')
        out = io.BytesIO()
        s3.download_fileobj('lake', 'big', out)
        print(out.getvalue() == big, s3.head_object(Bucket='lake', Key='big')['ETag'][-3:])
        s3.copy({'Bucket': 'lake', 'Key': 'big'}, 'lake', 'copy')
        print(s3.head_object(Bucket='lake', Key='copy')['ContentLength'] == len(big))
        for algorithm in ('CRC32', 'SHA1', 'SHA256'):
            put = s3.put_object(Bucket='lake', Key='sum', Body=b'123456789', ChecksumAlgorithm=algorithm)
            got = s3.get_object(Bucket='lake', Key='sum', ChecksumMode='ENABLED')
            got['Body'].read()
            print(algorithm, put['Checksum' + algorithm] == got['Checksum' + algorithm])
        for i in range(5):
            s3.put_object(Bucket='lake', Key='odd/%d\\x01&<>' % i)
        pages = s3.get_paginator('list_objects_v2').paginate(Bucket='lake', Prefix='odd/', PaginationConfig={'PageSize': 2})
        print([o['Key'] for p in pages for o in p['Contents']] == ['odd/%d\\x01&<>' % i for i in range(5)])
        try:
            s3.get_object(Bucket='lake', Key='none')
        except s3.exceptions.NoSuchKey as e:
            print(e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode'])
        try:
            s3.get_object(Bucket='lake', Key=key, IfNoneMatch='"1cb251ec0d568de6a929b520c4aed8d1"')
        except ClientError as e:
            print(e.response['ResponseMetadata']['HTTPStatusCode'])
        for version in ('s3', 's3v4'):
            url = boto3.client('s3', config=Config(signature_version=version)).generate_presigned_url(
                'get_object', Params={'Bucket': 'lake', 'Key': key, 'ResponseContentType': 'text/y'})
            with urllib.request.urlopen(url) as answer:
                print(answer.read(), answer.headers['Content-Type'])
        for i in range(5):
            s3.delete_object(Bucket='lake', Key='odd/%d\\x01&<>' % i)
        bucket = boto3.resource('s3').Bucket('lake')
        bucket.objects.all().delete()
        bucket.delete()
        print(s3.list_buckets()['Buckets'])
        """;
    assertThat(run("python3", "-c", script).lines().toList())
        .containsExactly(
            "b'text' {'m': '1'} \"1cb251ec0d568de6a929b520c4aed8d1\"",
            "True -3\"",
            "True",
            "CRC32 True",
            "SHA1 True",
            "SHA256 True",
            "True",
            "NoSuchKey 404",
            "304",
            "b'text' text/y",
            "b'text' text/y",
            "[]");
  }
}
