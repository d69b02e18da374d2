package dev.polder.lambda;

import dev.polder.kernel.Arn;
import dev.polder.kernel.Clients;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import dev.polder.lambda.EventSourceMapping.Progress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Reads one stream on behalf of a mapping, from a position that the mapping has on disk.
final class StreamReader {
  /// Bytes of the event of one invocation, with room for what is around the records.
  private static final int LARGEST = 6_291_456 - 1024;

  private static final int PAGE = 1000;

  /// Records looked at before what was passed over is written down.
  private static final int LOOKED_AT = 10_000;

  /// A record that is wanted.
  ///
  /// @param json an element of `Records`
  record Wanted(String sequence, Instant created, String json) {}

  /// What comes next.
  ///
  /// @param last sequence number of the last record that was looked at; null if there was none
  /// @param full true if there is no room for more
  /// @param ended true if the shard has no more, for ever
  record Read(List<Wanted> wanted, @Nullable String last, boolean full, boolean ended) {}

  private final String arn;
  private final DynamoDbStreamsClient streams;

  StreamReader(Clients clients, Scope scope, String arn) {
    this.arn = arn;
    Scope there = Arn.parse(arn).orElseThrow().scope(scope);
    this.streams = clients.get(DynamoDbStreamsClient.class, there);
  }

  /// The shards of the stream, parents before children.
  ///
  /// @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException if there is
  ///   no such stream
  List<String> shards() {
    List<String> shards = new ArrayList<>();
    String last = null;
    do {
      String after = last;
      var stream =
          streams
              .describeStream(b -> b.streamArn(arn).exclusiveStartShardId(after))
              .streamDescription();
      stream.shards().forEach(shard -> shards.add(shard.shardId()));
      last = stream.lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }

  /// The shard behind another; the first behind none.
  Optional<String> shardAfter(@Nullable String shard) {
    List<String> shards = shards();
    int at = shard == null ? -1 : shards.indexOf(shard);
    return at + 1 < shards.size() ? Optional.of(shards.get(at + 1)) : Optional.empty();
  }

  /// The position behind everything that there is now.
  Progress end() {
    List<String> shards = shards();
    Progress end = Progress.NONE;
    if (shards.isEmpty()) {
      return end;
    }
    end = end.at(shards.getLast());
    while (true) {
      Read read = read(end, Integer.MAX_VALUE, List.of(), null);
      if (read.last() == null) {
        return end;
      }
      end = end.done(read.last(), Progress.NONE.result());
    }
  }

  /// Reads on.
  ///
  /// @param from with a shard
  /// @param most wanted records at most
  /// @param filters of which one must match; none for all
  /// @param to ends with the record of this sequence number; null reads what there is
  Read read(Progress from, int most, List<EventPattern> filters, @Nullable String to) {
    var collected = new Collected(most, filters, to);
    String iterator = iterator(from);
    while (iterator != null && !collected.complete()) {
      String at = iterator;
      GetRecordsResponse page = streams.getRecords(b -> b.shardIterator(at).limit(PAGE));
      for (Record record : page.records()) {
        if (!isDone(record, from) && !collected.take(record)) {
          break;
        }
      }
      iterator = page.nextShardIterator();
      if (page.records().isEmpty()) {
        break;
      }
    }
    return collected.read(iterator == null);
  }

  private static boolean isDone(Record record, Progress from) {
    return from.after() != null && compare(record, from.after()) <= 0;
  }

  private static int compare(Record record, String sequence) {
    return new BigInteger(record.dynamodb().sequenceNumber()).compareTo(new BigInteger(sequence));
  }

  private String iterator(Progress from) {
    try {
      return streams
          .getShardIterator(b -> {
            b.streamArn(arn)
                .shardId(from.shard())
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            if (from.after() != null) {
              b.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                  .sequenceNumber(from.after());
            }
          })
          .shardIterator();
    } catch (TrimmedDataAccessException _) {
      return streams
          .getShardIterator(b ->
              b.streamArn(arn)
                  .shardId(from.shard())
                  .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
          .shardIterator();
    }
  }

  /// What was found until there is enough of it.
  private final class Collected {
    private final int most;
    private final List<EventPattern> filters;
    private final @Nullable String to;
    private final List<Wanted> wanted = new ArrayList<>();
    private long bytes;
    private int looked;
    private boolean full;
    private boolean beyond;
    private @Nullable String last;

    Collected(int most, List<EventPattern> filters, @Nullable String to) {
      this.most = most;
      this.filters = filters;
      this.to = to;
    }

    boolean complete() {
      return full || beyond || (to != null && to.equals(last));
    }

    /// Takes a record, or says that there is no room.
    boolean take(Record record) {
      beyond = to != null && compare(record, to) > 0;
      if (complete()) {
        return false;
      }
      Map<String, @Nullable Object> event = StreamEvent.of(record, arn);
      if (filters.isEmpty() || filters.stream().anyMatch(each -> each.matches(event))) {
        String json = Json.write(event);
        int size = json.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes + size > LARGEST && !wanted.isEmpty()) {
          full = true;
          return false;
        }
        bytes += size;
        Instant created = record.dynamodb().approximateCreationDateTime();
        String sequence = record.dynamodb().sequenceNumber();
        if (most < Integer.MAX_VALUE) {
          wanted.add(new Wanted(sequence, created, json));
        }
      }
      last = record.dynamodb().sequenceNumber();
      full = wanted.size() >= most || ++looked >= LOOKED_AT;
      return true;
    }

    Read read(boolean shardEnded) {
      boolean ended = shardEnded && !full && (to == null || to.equals(last));
      return new Read(wanted, last, full, ended);
    }
  }
}
