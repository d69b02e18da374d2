package dev.polder.glue;

import dev.polder.glue.CrawlerSettings.CatalogTable;
import dev.polder.glue.CrawlerSettings.Target;
import dev.polder.glue.crawler.Classification;
import dev.polder.glue.crawler.Folder;
import dev.polder.glue.crawler.FoundTable;
import dev.polder.glue.crawler.Glob;
import dev.polder.glue.crawler.Grouping;
import dev.polder.glue.crawler.GroupingPolicy;
import dev.polder.kernel.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.Table;

/// One run of a crawler: looks, groups, and only then writes. May be run again from the start at
/// any time and comes to the same end.
final class Crawl {
  private final Catalog catalog;
  private final CrawlerSettings settings;
  private final Classification classification;
  private final String id;
  private final Instant begun;
  private final BooleanSupplier stops;
  private final CrawlLog log;

  /// @param id of this run
  /// @param begun when it was started
  /// @param stops asked often whether to give up
  Crawl(
      Catalog catalog,
      CrawlerSettings settings,
      Classification classification,
      String id,
      Instant begun,
      BooleanSupplier stops,
      CrawlLog log) {
    this.catalog = catalog;
    this.settings = settings;
    this.classification = classification;
    this.id = id;
    this.begun = begun;
    this.stops = stops;
    this.log = log;
  }

  /// What a look at one include path gave.
  ///
  /// @param include to which keys are relative
  record Discovery(
      S3Location include,
      List<String> exclusions,
      TreeMap<String, Folder> folders,
      List<FoundTable> tables) {}

  /// Crawls all targets.
  ///
  /// @throws CrawlFailedException for a reason that its owner should read
  /// @throws CrawlStoppedException once it was asked to stop
  void run() {
    if (!settings.tables().isEmpty()) {
      settings.tables().forEach(this::crawl);
      return;
    }
    makeDatabase();
    var targets = settings.targets().stream().map(this::resolved).toList();
    var known =
        KnownTables.of(
            catalog, settings.database(), targets.stream().map(Target::location).toList());
    List<Discovery> found = new ArrayList<>();
    for (Target target : targets) {
      if (settings.newFoldersOnly()) {
        found.addAll(new NewFolders(this, target, known).look());
      } else {
        found.add(look(target, target.location()));
      }
    }
    checkThreshold(found);
    checkStop();
    NavigableSet<String> published = new TreeSet<>();
    found.forEach(each -> publish(each, known, published));
    if (!settings.newFoldersOnly()) {
      found.forEach(each -> removeGone(each, known, published));
    }
  }

  // The real service makes the database too where it is missing.
  private void makeDatabase() {
    if (catalog.store().get(catalog.key("database", settings.database())) == null) {
      new Databases(catalog)
          .create(
              CreateDatabaseRequest.builder()
                  .databaseInput(d -> d.name(settings.database()))
                  .build());
    }
  }

  /// A target whose location is known to be a folder or a file.
  private Target resolved(Target target) {
    S3Location location = target.location();
    if (!catalog.platform().lake().hasBucket(location.bucket())) {
      throw new CrawlFailedException(
          "Unable to read s3 target " + location + ": the bucket does not exist");
    }
    boolean file = !location.key().isEmpty() && isFile(location);
    return file ? target : new Target(location.folder(), target.exclusions(), target.sampleSize());
  }

  private boolean isFile(S3Location location) {
    try {
      Path file = lake().file(location.bucket(), location.key());
      return !location.key().endsWith("/") && Files.isRegularFile(file);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Looks at a folder, or a file, of a target as an include path of its own.
  Discovery look(Target target, S3Location at) {
    if (!at.key().isEmpty() && !at.key().endsWith("/")) {
      return lookAtFile(target, at);
    }
    LakeSampler sampler = sampler(target);
    var folders = sampler.folders(at, List.of(""));
    var policy =
        new GroupingPolicy(
            settings.configuration().combinesCompatible(),
            settings.configuration().tableLevel(),
            at.level());
    var tables = Grouping.tables(folders.values(), policy, folder -> sampler.files(at, folder));
    return new Discovery(at, target.exclusions(), folders, tables);
  }

  private Discovery lookAtFile(Target target, S3Location file) {
    int slash = file.key().lastIndexOf('/') + 1;
    var folder = new S3Location(file.bucket(), file.key().substring(0, slash));
    String name = file.key().substring(slash);
    var tables =
        sampler(target).files(folder, new Folder("")).stream()
            .filter(each -> each.key().equals(name))
            .map(each -> FoundTable.ofFile(each))
            .toList();
    return new Discovery(folder, target.exclusions(), new TreeMap<>(), tables);
  }

  LakeSampler sampler(Target target) {
    List<Glob> globs = target.exclusions().stream().map(Glob::of).toList();
    return new LakeSampler(lake(), classification, globs, target.sampleSize(), stops, log);
  }

  private void checkThreshold(List<Discovery> found) {
    long count = found.stream().mapToLong(each -> each.tables().size()).sum();
    long threshold = settings.configuration().tableThreshold();
    if (threshold > 0 && count > threshold) {
      throw new CrawlFailedException(
          "The number of tables detected by crawler: "
              + count
              + " is greater than the table threshold value provided: "
              + threshold
              + ". Failing crawler without writing to Data Catalog.");
    }
  }

  private void publish(Discovery found, KnownTables known, NavigableSet<String> published) {
    for (FoundTable table : found.tables()) {
      checkStop();
      String location = found.include().resolve(table.key()).toString();
      if (published.add(location)) {
        Table present = known.at(location);
        String name = present == null ? known.name(settings.prefix(), location) : present.name();
        publish(settings.database(), name, found, table, present);
      }
    }
  }

  /// Writes one table and its partitions.
  void publish(
      String database, String name, Discovery found, FoundTable table, @Nullable Table present) {
    String location = found.include().resolve(table.key()).toString();
    CrawlerInputs inputs = inputs(found.exclusions());
    boolean goOn =
        new TablePublisher(catalog, settings, inputs, begun, log)
            .publish(database, name, location, table, present);
    if (goOn) {
      var partitions = partitions(inputs);
      partitions.publish(database, name, found.include(), table.partitions());
      if (present != null && settings.deletes() != DeleteBehavior.LOG) {
        partitions.gone(database, name, table, at -> hasData(found, at));
      }
    }
  }

  CrawlerInputs inputs(List<String> exclusions) {
    return new CrawlerInputs(settings.name(), id, catalog.now(), exclusions);
  }

  PartitionPublisher partitions(CrawlerInputs inputs) {
    return new PartitionPublisher(catalog, settings, inputs, begun, log, this::checkStop);
  }

  /// Whether there are files at a location below an include path; true of any other.
  private boolean hasData(Discovery found, String location) {
    String root = found.include().toString();
    if (!location.startsWith(root)) {
      return true;
    }
    String key = location.substring(root.length());
    if (!key.isEmpty() && !key.endsWith("/") && isFile(found.include().resolve(key))) {
      return true;
    }
    String folder = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    return found.folders().subMap(folder, folder + Character.MAX_VALUE).values().stream()
        .anyMatch(each -> each.objects() > 0);
  }

  /// A table of ours is gone where it has no files any more, or where its files are now another's.
  private void removeGone(Discovery found, KnownTables known, NavigableSet<String> published) {
    var publisher = new TablePublisher(catalog, settings, inputs(found.exclusions()), begun, log);
    known
        .below(found.include().toString())
        .forEach((location, table) -> {
          boolean ours = settings.name().equals(table.parameters().get(CrawlerInputs.UPDATED_BY));
          boolean still = published.contains(location);
          if (ours && !still && (isCovered(location, published) || !hasData(found, location))) {
            checkStop();
            publisher.gone(table);
          }
        });
  }

  /// True where a location lies within one of these, or one of these within it.
  private static boolean isCovered(String location, NavigableSet<String> published) {
    String next = published.ceiling(location);
    if (next != null && next.startsWith(location)) {
      return true;
    }
    for (int at = location.indexOf('/'); at >= 0; at = location.indexOf('/', at + 1)) {
      if (published.contains(location.substring(0, at + 1))) {
        return true;
      }
    }
    return false;
  }

  /// Crawls a table of the catalogue: what lies at its location is that table, or nothing.
  private void crawl(CatalogTable each) {
    Table table = table(each);
    String location = KnownTables.location(table);
    if (location.isEmpty()) {
      throw new CrawlFailedException("Table " + each.name() + " has no location");
    }
    Target target = resolved(new Target(S3Location.parse(location), List.of(), 0));
    LakeSampler sampler = sampler(target);
    var at = target.location();
    var folders = sampler.folders(at, List.of(""));
    var policy = new GroupingPolicy(true, at.level(), at.level());
    var tables = Grouping.tables(folders.values(), policy, _ -> List.of());
    if (tables.size() == 1 && tables.getFirst().key().isEmpty()) {
      var found = new Discovery(at, List.of(), folders, tables);
      publish(each.database(), each.name(), found, tables.getFirst(), table);
    } else if (!folders.isEmpty()) {
      log.warn("Table " + each.name() + " was left as it is: its folders do not fit one table");
    }
  }

  private Table table(CatalogTable each) {
    return new Tables(catalog)
        .find(each.database(), each.name())
        .orElseThrow(() ->
            new CrawlFailedException(
                "Table " + each.database() + "." + each.name() + " not found."))
        .value();
  }

  void checkStop() {
    if (stops.getAsBoolean()) {
      throw new CrawlStoppedException();
    }
  }

  Lake lake() {
    return catalog.platform().lake();
  }

  Catalog catalog() {
    return catalog;
  }

  CrawlerSettings settings() {
    return settings;
  }

  CrawlLog log() {
    return log;
  }
}
