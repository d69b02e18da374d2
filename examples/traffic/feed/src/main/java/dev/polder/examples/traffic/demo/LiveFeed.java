package dev.polder.examples.traffic.demo;

import dev.polder.examples.traffic.feed.FeedUrl;
import dev.polder.examples.traffic.lander.Lander;
import dev.polder.examples.traffic.lander.S3Bucket;
import dev.polder.examples.traffic.lander.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;

/// Lands the feed of the Flemish government as it is published, a document a minute.
///
/// `live [--url URL] [--minutes N]` and the options of the demo that name endpoint, region and
/// stack. Each document is stored at once, so that what was landed is there when the program is
/// stopped.
public final class LiveFeed {
  private LiveFeed() {}

  /// Runs for the minutes asked for and ends the process: 0 on success, 1 if a document could not
  /// be fetched or landed, 2 on a bad option.
  public static void main(String[] args) {
    System.exit(run(Terminal.standard(System.getenv()), InstantSource.system(), args));
  }

  static int run(Terminal terminal, InstantSource clock, String... args) {
    try {
      URI url = FeedUrl.FLANDERS;
      int minutes = 1;
      List<String> others = new ArrayList<>();
      for (int i = 0; i < args.length; i++) {
        boolean valued = i + 1 < args.length;
        if (args[i].equals("--url") && valued) {
          url = URI.create(args[++i]);
        } else if (args[i].equals("--minutes") && valued) {
          minutes = Integer.parseInt(args[++i]);
        } else {
          others.add(args[i]);
        }
      }
      land(terminal, clock, url, minutes, Options.parse(others.toArray(String[]::new)));
      return 0;
    } catch (DemoException e) {
      terminal.line(String.valueOf(e.getMessage()));
      return e.exitCode();
    } catch (IllegalArgumentException e) {
      terminal.line("Expected --url to be a URL and --minutes a whole number: " + e.getMessage());
      return DemoException.CANNOT_BEGIN;
    } catch (IOException | SdkException e) {
      terminal.line(terminal.red("FAILED") + "  " + e.getMessage());
      return DemoException.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DemoException.FAILED;
    }
  }

  private static void land(
      Terminal terminal, InstantSource clock, URI url, int minutes, Options options)
      throws DemoException, IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("traffic");
    Tally tally = new Tally();
    try (Services services = new Services(options.endpoint(), options.region());
        FeedUrl feed = new FeedUrl(url)) {
      String bucket = DeployedStack.describe(services.cloudFormation(), options.stack()).bucket();
      for (int minute = 0; minute < minutes; minute++) {
        if (minute > 0) {
          TimeUnit.MINUTES.sleep(1);
        }
        land(
            feed,
            new S3Bucket(services.s3(), bucket),
            clock.instant().getEpochSecond(),
            scratch,
            tally);
        terminal.line(
            "%s events read, %s landed, %s refused %s"
                .formatted(
                    Words.count(tally.read()),
                    Words.count(tally.landed()),
                    Words.count(tally.refused()),
                    tally.refusedByCode()));
      }
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  private static void land(FeedUrl feed, S3Bucket lake, long arrival, Path scratch, Tally tally)
      throws IOException, InterruptedException {
    try (InputStream document = feed.fetch();
        Lander lander = new Lander(lake, "live-" + arrival, tally, scratch)) {
      lander.document(document, arrival);
    }
  }
}
