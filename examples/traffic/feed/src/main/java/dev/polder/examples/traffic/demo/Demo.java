package dev.polder.examples.traffic.demo;

import dev.polder.examples.traffic.lander.Landing;
import dev.polder.examples.traffic.lander.S3Bucket;
import dev.polder.examples.traffic.lander.Tally;
import dev.polder.examples.traffic.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;

/// The demo's program. The stack of `examples/traffic` is deployed already; see {@link Options} for
/// the rest.
///
/// Exit code 0: the execution succeeded, every event is accounted for and the table is what the
/// computation says. 1: one of these does not hold. 2: the demo could not begin.
public final class Demo {
  private static final int REDRAW_MILLIS = 100;

  private final Options options;
  private final Terminal terminal;
  private final Services services;
  private final DeployedStack stack;
  private final Simulator simulator;
  private final Queries queries;

  private Demo(Options options, Terminal terminal, Services services) throws DemoException {
    this.options = options;
    this.terminal = terminal;
    this.services = services;
    this.stack = DeployedStack.describe(services.cloudFormation(), options.stack());
    this.simulator =
        new Simulator(options.seed(), options.points(), options.startOfDays(), options.days());
    this.queries = new Queries(services.athena(), stack);
  }

  /// Runs the demo and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(run(Terminal.standard(System.getenv()), args));
  }

  static int run(Terminal terminal, String... args) {
    try {
      Options options = Options.parse(args);
      try (Services services = new Services(options.endpoint(), options.region())) {
        new Demo(options, terminal, services).run();
      }
      return 0;
    } catch (DemoException e) {
      return fail(terminal, String.valueOf(e.getMessage()), e.exitCode());
    } catch (SdkException | IOException e) {
      return fail(terminal, String.valueOf(e.getMessage()), DemoException.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(terminal, "Interrupted", DemoException.FAILED);
    }
  }

  private static int fail(Terminal terminal, String message, int exitCode) {
    terminal.live(List.of());
    terminal.line(terminal.red("FAILED") + "  " + message);
    return exitCode;
  }

  private void run() throws DemoException, IOException, InterruptedException {
    long start = System.nanoTime();
    new DemoMark(services.s3(), stack.bucket()).claim(options);
    Tally tally = land();
    execute();
    answer();
    check(tally);
    explore();
    terminal.line("");
    terminal.line(terminal.green("Done") + " in " + Words.seconds(System.nanoTime() - start));
  }

  private Tally land() throws IOException, InterruptedException, DemoException {
    terminal.title(
        "Landing %s days of %s points in %s places from %s"
            .formatted(
                options.days(),
                Words.count(options.points()),
                simulator.places().size(),
                options.start()));
    Tally tally = new Tally();
    Path scratch = Files.createTempDirectory("traffic");
    Landing landing =
        new Landing(
            simulator,
            new S3Bucket(services.s3(), stack.bucket()),
            tally,
            scratch,
            options.route());
    long start = System.nanoTime();
    Thread drawing = Thread.ofVirtual().start(() -> draw(landing, tally, start));
    try {
      landing.run(options.threads());
    } finally {
      drawing.interrupt();
      drawing.join();
      Files.deleteIfExists(scratch);
    }
    tell(tally, landing, System.nanoTime() - start);
    if (tally.read() != tally.landed() + tally.refused()) {
      throw DemoException.failed("Events are missing: " + tally.read() + " were read");
    }
    return tally;
  }

  private void tell(Tally tally, Landing landing, long nanos) {
    terminal.line(
        "  %s events from %s documents (%s of XML) in %s, %s a second"
            .formatted(
                Words.count(tally.read()),
                Words.count(landing.documents()),
                Words.bytes(landing.xmlBytes()),
                Words.seconds(nanos),
                Words.count((long) (tally.read() / (nanos / 1e9)))));
    terminal.line(
        "  %s landed, %s refused %s, in %s objects (%s)"
            .formatted(
                Words.count(tally.landed()),
                Words.count(tally.refused()),
                tally.refusedByCode(),
                Words.count(tally.objects()),
                Words.bytes(tally.bytes())));
  }

  private void draw(Landing landing, Tally tally, long start) {
    try {
      while (terminal.isLive()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        terminal.live(
            List.of(
                "  %s %3d %%  %s events, %s a second"
                    .formatted(
                        terminal.bar(landing.documents(), landing.totalDocuments()),
                        100 * landing.documents() / landing.totalDocuments(),
                        Words.count(tally.read()),
                        Words.count((long) (tally.read() / seconds)))));
        TimeUnit.MILLISECONDS.sleep(REDRAW_MILLIS);
      }
    } catch (InterruptedException e) {
      terminal.live(List.of());
    }
  }

  private void execute() throws DemoException, InterruptedException {
    String machine = stack.machine(options.machine());
    terminal.title("Running " + machine.substring(machine.lastIndexOf(':') + 1));
    long start = System.nanoTime();
    int ranges = Math.ceilDiv(options.days() * 24, stack.rangeHours());
    QueryProgress progress =
        new QueryProgress(services.athena(), terminal, stack.workGroup(), ranges);
    String execution =
        services
            .stepFunctions()
            .startExecution(request ->
                request
                    .stateMachineArn(machine)
                    .name("demo-" + UUID.randomUUID())
                    .input(
                        "{\"scheduledTime\": \"%s\", \"lookbackDays\": %d}"
                            .formatted(options.due(), options.days())))
            .executionArn();
    int states =
        new Follower(services.stepFunctions(), terminal, progress::lines).follow(execution);
    terminal.line(
        "  %s  %d states in %s"
            .formatted(
                terminal.green("SUCCEEDED"), states, Words.seconds(System.nanoTime() - start)));
  }

  private void answer() throws DemoException, InterruptedException {
    show("The worst jams by place and hour (UTC)", "worst_jams.sql");
    show("Speed by hour of day (UTC)", "speed_by_hour.sql");
    show("Trucks by hour of day (UTC)", "trucks_by_hour.sql");
  }

  private void show(String title, String file) throws DemoException, InterruptedException {
    terminal.title(title);
    Queries.Answer answer = queries.ask(Queries.file(file));
    TextTable.lines(answer.columns(), answer.rows()).forEach(terminal::line);
  }

  private void check(Tally tally) throws DemoException, InterruptedException {
    terminal.title("Accounting");
    String landed =
        queries.ask("SELECT count(*) AS events FROM landing").rows().getFirst().getFirst();
    if (Long.parseLong(landed) != tally.landed()) {
      throw DemoException.failed(
          "The table landing holds "
              + landed
              + " events but "
              + Words.count(tally.landed())
              + " were landed");
    }
    terminal.line(
        "  read %s = landed %s + refused %s; the table landing holds as many"
            .formatted(
                Words.count(tally.read()),
                Words.count(tally.landed()),
                Words.count(tally.refused())));
    TableCheck check = new TableCheck(simulator, queries);
    AtomicInteger places = new AtomicInteger();
    check.run(place -> {
      int done = places.incrementAndGet();
      if (done % 16 == 0) {
        synchronized (terminal) {
          terminal.live(
              List.of(
                  "  %s computing again".formatted(terminal.bar(done, simulator.places().size()))));
        }
      }
    });
    terminal.line(
        "  %s rows in minutes are what a computation in plain Java says (%s days of places compared)"
            .formatted(Words.count(check.rows()), Words.count(check.fingerprints())));
  }

  private void explore() {
    terminal.title("Explore at " + options.endpoint());
    Exploring.commands(options, stack).forEach(command -> terminal.line("  " + command));
  }
}
