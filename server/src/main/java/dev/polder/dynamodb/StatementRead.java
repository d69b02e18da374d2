package dev.polder.dynamodb;

import dev.polder.dynamodb.expression.Condition;
import dev.polder.dynamodb.expression.Path;
import dev.polder.dynamodb.expression.Projection;
import dev.polder.dynamodb.expression.partiql.Statement;
import dev.polder.dynamodb.expression.partiql.Where;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ItemEncoding;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.store.Key;
import dev.polder.store.Reads;
import dev.polder.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A statement that reads: a query where its condition names a partition, a scan where not.
record StatementRead(Statement.Select select, Source source, Where.Range range) {
  private static final int FINGERPRINT = 64;

  static StatementRead of(Statement.Select select, Layout layout) {
    String index = select.index();
    if (index != null && layout.entries(index).isEmpty()) {
      throw new ValidationException("The table does not have the specified index");
    }
    Source source = Source.of(layout, index);
    return new StatementRead(select, source, select.where().range(source.key()));
  }

  /// The one item that a statement in a batch or transaction reads, with nothing else asked of it.
  ///
  /// @param operation as in `BatchExecuteStatement`
  static Item key(Statement.Select select, Layout layout, String operation) {
    return select
        .where()
        .find(layout.table().key())
        .filter(target -> select.index() == null && target.rest().equals(Condition.ALWAYS))
        .orElseThrow(() ->
            new ValidationException(
                "Select statements within "
                    + operation
                    + " must specify the primary key in the where clause."))
        .key();
  }

  /// An item as it is, null where there is none.
  static @Nullable Item get(Reads reads, Key key) {
    byte[] stored = reads.get(key);
    return stored == null ? null : ItemEncoding.decode(stored);
  }

  /// Reads a page.
  ///
  /// @param start where the page before stopped
  Page page(Store store, @Nullable Integer limit, @Nullable Item start) {
    boolean forward = requireOrder();
    requireFiltered();
    Optional<Projection> columns =
        select.columns().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Projection(select.columns().stream().map(Statement.Column::path).toList()));
    source.requireFilled();
    return Page.read(
        store,
        new Page.Reading(
            source.range(range.query(), forward, start),
            forward,
            limit == null ? Integer.MAX_VALUE : limit,
            range.filter(),
            source.whole(null, columns),
            false,
            null));
  }

  void requireConsistency(@Nullable Boolean consistent) {
    if (source.isGlobal() && Boolean.TRUE.equals(consistent)) {
      throw new ValidationException(
          "Strongly consistent read is not supported on Global Secondary Indexes");
    }
  }

  /// Whether items come in the order of their keys, rather than against it.
  private boolean requireOrder() {
    if (select.order().isEmpty()) {
      return true;
    }
    if (select.where().equals(Where.ANY)) {
      throw new ValidationException(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    if (range.query() == null) {
      throw new ValidationException(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    boolean forward = true;
    for (Statement.Order order : select.order()) {
      String name = order.path().attribute();
      if (order.path().nested() || !source.key().names().contains(name)) {
        throw new ValidationException(
            "Variable reference " + name + " in ORDER BY clause must be part of the primary key");
      }
      if (!name.equals(source.key().partition().name())) {
        forward = !order.descending();
      }
    }
    return forward;
  }

  /// Refuses a query of an index with a filter over what the index does not have.
  private void requireFiltered() {
    Index index = source.index();
    if (index == null || index.copiesAll() || range.query() == null) {
      return;
    }
    List<String> missing =
        range.filter().paths().stream()
            .map(Path::attribute)
            .filter(name -> !index.copies(name))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw ValidationException.parameter(
          "Secondary index "
              + index.name()
              + " does not project one or more filter attributes: "
              + missing);
    }
  }

  /// By what a client asks for the page after this one; null at the end.
  @Nullable String token(Page page, Object request) {
    Item position = source.position(page.last());
    if (position == null) {
      return null;
    }
    byte[] encoded = ItemEncoding.encode(position);
    byte[] fingerprint = Tokens.fingerprint(request).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder()
        .encodeToString(
            ByteBuffer.allocate(Integer.BYTES + FINGERPRINT + encoded.length)
                .putInt(checksum(encoded))
                .put(fingerprint)
                .put(encoded)
                .array());
  }

  /// Where the page before stopped.
  ///
  /// @param request what the token must have been given for
  static @Nullable Item start(@Nullable String token, Object request) {
    if (token == null) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
    int head = Integer.BYTES + FINGERPRINT;
    if (bytes.length <= head) {
      throw invalid();
    }
    byte[] encoded = Arrays.copyOfRange(bytes, head, bytes.length);
    if (ByteBuffer.wrap(bytes).getInt() != checksum(encoded)) {
      throw invalid();
    }
    String fingerprint = new String(bytes, Integer.BYTES, FINGERPRINT, StandardCharsets.US_ASCII);
    if (!fingerprint.equals(Tokens.fingerprint(request))) {
      throw new ValidationException("NextToken does not match request");
    }
    return ItemEncoding.decode(encoded);
  }

  private static ValidationException invalid() {
    return new ValidationException("Invalid NextToken");
  }

  private static int checksum(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
