package dev.polder.dynamodb;

import static dev.polder.dynamodb.Fixture.all;
import static dev.polder.dynamodb.Fixture.attribute;
import static dev.polder.dynamodb.Fixture.global;
import static dev.polder.dynamodb.Fixture.item;
import static dev.polder.dynamodb.Fixture.partition;
import static dev.polder.dynamodb.Fixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Many writers and readers at once. `-Dseed=` repeats a run.
class ConcurrencyTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 40;
  private static final int ITEMS = 8;
  private static final int SUM = 1000;

  @TempDir private Path directory;
  private Fixture fixture;

  @BeforeEach
  void start() {
    fixture = new Fixture(directory);
    fixture.create(
        table("things")
            .attributeDefinitions(attribute("p", "S"), attribute("g", "S"))
            .globalSecondaryIndexes(global("byG", all(), "g"))
            .streamSpecification(
                StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                    .build()));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /// What one of several threads does.
  private interface Work {
    void run(int number, Random random);
  }

  // Readers who never wait are platform threads: as virtual ones they would keep everybody else
  // from
  // the few threads that carry them.
  private static void together(int threads, Work work) throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("-Dseed=" + seed);
    var done = new CountDownLatch(threads);
    var failure = new AtomicReference<Throwable>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Runnable body =
          () -> {
            try {
              work.run(number, new Random(seed + number));
            } catch (Throwable e) {
              failure.compareAndSet(null, e);
            } finally {
              done.countDown();
            }
          };
      Thread _ = i < WRITERS ? Thread.ofVirtual().start(body) : Thread.ofPlatform().start(body);
    }
    done.await();
    assertThat(failure.get()).isNull();
  }

  private int incremented() {
    return fixture.db.scan(b -> b.tableName("things")).items().stream()
        .mapToInt(each -> Integer.parseInt(each.get("n").n()))
        .sum();
  }

  @Test
  void noIncrementIsLost() throws InterruptedException {
    together(
        WRITERS,
        (_, random) -> {
          for (int i = 0; i < ROUNDS; i++) {
            String key = "k" + random.nextInt(2);
            var _ =
                fixture.db.updateItem(b ->
                    b.tableName("things")
                        .key(item("p", key))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(item(":one", 1)));
          }
        });

    assertThat(incremented()).isEqualTo(WRITERS * ROUNDS);
  }

  @Test
  void noIncrementIsLostToWhoAskedAnIndexForTheKeysBefore() throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      fixture.put("things", "p", "k" + i, "g", "all", "n", 0);
    }
    together(
        WRITERS,
        (_, random) -> {
          for (int i = 0; i < ROUNDS; i++) {
            var found =
                fixture.db.query(b ->
                    b.tableName("things")
                        .indexName("byG")
                        .keyConditionExpression("g = :g")
                        .expressionAttributeValues(item(":g", "all"))
                        .projectionExpression("p"));
            var _ =
                fixture.db.updateItem(b ->
                    b.tableName("things")
                        .key(found.items().get(random.nextInt(ITEMS)))
                        .updateExpression("ADD n :one")
                        .expressionAttributeValues(item(":one", 1)));
          }
        });

    assertThat(incremented()).isEqualTo(WRITERS * ROUNDS);
  }

  @Test
  void oneOfManyWinsAConditionalPut() throws InterruptedException {
    var winners = new AtomicInteger();
    together(
        WRITERS,
        (number, _) -> {
          try {
            var _ =
                fixture.db.putItem(b ->
                    b.tableName("things")
                        .item(item("p", "prize", "winner", number))
                        .conditionExpression("attribute_not_exists(p)"));
            winners.incrementAndGet();
          } catch (ConditionalCheckFailedException e) {
            assertThat(e.statusCode()).isEqualTo(400);
          }
        });

    assertThat(winners).hasValue(1);
  }

  @Test
  void transfersKeepTheirSumForWhoeverReadsInATransaction() throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      fixture.put("things", "p", "acc" + i, "n", SUM);
    }
    var running = new AtomicInteger(WRITERS);
    together(
        WRITERS + 2,
        (number, random) -> {
          if (number >= WRITERS) {
            while (running.get() > 0) {
              assertThat(sum()).isEqualTo(ITEMS * SUM);
            }
            return;
          }
          try {
            for (int i = 0; i < ROUNDS; i++) {
              int from = random.nextInt(ITEMS);
              transfer(from, (from + 1 + random.nextInt(ITEMS - 1)) % ITEMS, random.nextInt(50));
            }
          } finally {
            running.decrementAndGet();
          }
        });

    assertThat(sum()).isEqualTo(ITEMS * SUM);
  }

  private void transfer(int from, int to, int amount) {
    var _ =
        fixture.db.transactWriteItems(
            b -> b.transactItems(adding("acc" + from, -amount), adding("acc" + to, amount)));
  }

  private static TransactWriteItem adding(String key, int amount) {
    return TransactWriteItem.builder()
        .update(u ->
            u.tableName("things")
                .key(item("p", key))
                .updateExpression("ADD n :n")
                .expressionAttributeValues(item(":n", amount)))
        .build();
  }

  private int sum() {
    List<TransactGetItem> gets = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      String key = "acc" + i;
      gets.add(
          TransactGetItem.builder().get(g -> g.tableName("things").key(item("p", key))).build());
    }
    return fixture.db.transactGetItems(b -> b.transactItems(gets)).responses().stream()
        .mapToInt(each -> Integer.parseInt(each.item().get("n").n()))
        .sum();
  }

  @Test
  void indexAndStreamTellTheSameStoryAsTheTable() throws InterruptedException {
    together(
        WRITERS,
        (number, random) -> {
          for (int i = 0; i < ROUNDS; i++) {
            String key = "k" + random.nextInt(ITEMS);
            String group = "g" + random.nextInt(3);
            int round = number * ROUNDS + i;
            switch (random.nextInt(4)) {
              case 0 -> fixture.db.deleteItem(b -> b.tableName("things").key(item("p", key)));
              case 1 -> fixture.put("things", "p", key, "n", round);
              default -> fixture.put("things", "p", key, "n", round, "g", group);
            }
          }
        });

    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> replayed = new HashMap<>();
    for (Record record : allRecords()) {
      Map<String, AttributeValue> key = record.dynamodb().keys();
      Map<String, AttributeValue> old =
          record.dynamodb().hasOldImage() ? record.dynamodb().oldImage() : null;
      assertThat(replayed.get(key)).as("the image before " + record).isEqualTo(old);
      if (record.eventName() == OperationType.REMOVE) {
        replayed.remove(key);
      } else {
        replayed.put(key, record.dynamodb().newImage());
      }
    }
    var items = fixture.db.scan(b -> b.tableName("things")).items();
    assertThat(replayed.values()).containsExactlyInAnyOrderElementsOf(items);
    List<Map<String, AttributeValue>> indexed = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      indexed.addAll(
          fixture.db.query(partition("things", "g", "g" + group).indexName("byG").build()).items());
    }
    assertThat(indexed)
        .containsExactlyInAnyOrderElementsOf(
            items.stream().filter(each -> each.containsKey("g")).toList());
  }

  private List<Record> allRecords() {
    return fixture.records("things");
  }
}
