import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// A server in a process of its own, with the traffic example's stack.
record PolderServer(Process process, Path data, URI endpoint) implements AutoCloseable {
  private static final String HOME = System.getProperty("polder.home");

  static PolderServer start(Path data) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                HOME + "/polder", "start", "--port", "0", "--data", data.toString(),
                "--log-level", "warn",
                "--athena-memory", Etl.MEMORY,
                "--athena-threads", Integer.toString(Etl.THREADS),
                "--athena-queries", Integer.toString(Etl.QUERIES))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        var server = new PolderServer(process, data, URI.create(line.substring(6).strip()));
        server.deploy();
        return server;
      }
    }
    throw new IOException("The server did not start");
  }

  private void deploy() throws IOException, InterruptedException {
    int status =
        new ProcessBuilder(HOME + "/polder", "up", HOME + "/examples/traffic", "--endpoint", endpoint.toString(), "--stack", "traffic")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("The stack was not deployed");
    }
  }

  long pid() {
    return process.pid();
  }

  Path bucketFolder(String bucket) {
    return data.resolve("s3").resolve(bucket);
  }

  <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
