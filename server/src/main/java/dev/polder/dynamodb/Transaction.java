package dev.polder.dynamodb;

import dev.polder.dynamodb.DynamoDbErrors.Reason;
import dev.polder.dynamodb.item.Item;
import dev.polder.dynamodb.item.ValidationException;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.Key;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;

/// The actions of one transaction, and why they cannot be carried out if they cannot.
final class Transaction implements Writer.Together {
  private static final long PATIENCE_SECONDS = 5;

  private final Scope scope;
  private final Tokens tokens;
  private final @Nullable String token;
  private final String fingerprint;
  private final List<Reason> reasons;
  private final List<Step> steps = new ArrayList<>();
  private final List<Swept> sweeps = new ArrayList<>();
  private final Set<Key> deleted = new HashSet<>();
  private final Set<Key> kept = new HashSet<>();

  /// @param number of the action
  private record Swept(int number, Sweep sweep, OpenTable table) {}

  /// The same request has been carried out before.
  static final class RepeatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedException() {
      super("The transaction was carried out before", null, false, false);
    }
  }

  /// @param tables of the actions, in their order
  /// @param token by which a client says the same request again
  /// @param request what the client asked for under the token
  Transaction(
      Scope scope,
      Tokens tokens,
      List<? extends Action> actions,
      List<OpenTable> tables,
      @Nullable String token,
      Object request) {
    this.scope = scope;
    this.tokens = tokens;
    this.token = token;
    this.fingerprint = token == null ? "" : Tokens.fingerprint(request);
    this.reasons = TransactionOperations.none(actions.size());
    for (int i = 0; i < actions.size(); i++) {
      switch (actions.get(i)) {
        case TransactionAction action -> prepare(i, action, tables.get(i));
        case Sweep sweep -> sweeps.add(new Swept(i, sweep, tables.get(i)));
      }
    }
    decide();
  }

  private void prepare(int number, TransactionAction action, OpenTable table) {
    try {
      Key key = action.place(table.layout());
      boolean deletes = action.kind() == TransactionAction.Kind.DELETE;
      if (!(deletes ? deleted : kept).add(key) || (deletes ? kept : deleted).contains(key)) {
        throw severalOnOne();
      }
      Change change = action.change(table.layout());
      steps.add(new Step(table, key, before -> attempted(number, change, before)));
    } catch (ValidationException e) {
      reasons.set(number, Reason.invalid(e.reason()));
    }
  }

  private static AwsServiceException severalOnOne() {
    return DynamoDbErrors.invalid(
        "Transaction request cannot include multiple operations on one item");
  }

  private @Nullable Item attempted(int number, Change change, @Nullable Item before) {
    try {
      return change.apply(before);
    } catch (ConditionFailedException e) {
      reasons.set(number, Reason.conditionFailed(e.item()));
    } catch (DuplicateItemException _) {
      reasons.set(number, Reason.duplicateItem());
    } catch (ValidationException e) {
      reasons.set(number, Reason.invalid(e.reason()));
    }
    return before;
  }

  /// The changes, one for each action.
  List<Step> steps() {
    return steps;
  }

  @Override
  public ItemLocks.Held hold(ItemLocks locks, List<Key> items) {
    List<Key> all = new ArrayList<>(items);
    if (token != null) {
      all.add(Keys.token(scope, token));
    }
    ItemLocks.Held held;
    try {
      held = locks.hold(all, PATIENCE_SECONDS);
    } catch (ItemLocks.BusyException e) {
      int busy = Math.max(0, items.indexOf(e.key()));
      reasons.set(busy, Reason.conflict());
      throw DynamoDbErrors.cancelled(reasons);
    }
    try {
      if (token != null && tokens.isDone(scope, token, fingerprint)) {
        throw new RepeatedException();
      }
      return held;
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  @Override
  public Set<OpenTable> alone() {
    Set<OpenTable> tables = new HashSet<>();
    for (Swept each : sweeps) {
      tables.add(each.table);
    }
    return tables;
  }

  @Override
  public List<Sweep.Findings> sweep(Store store) {
    List<Sweep.Findings> all = new ArrayList<>();
    for (Swept each : sweeps) {
      try {
        all.add(each.sweep.find(store, each.table, this::isDeleted));
      } catch (ValidationException e) {
        reasons.set(each.number, Reason.invalid(e.reason()));
      }
    }
    decide();
    return all;
  }

  private boolean isDeleted(Key item) {
    if (kept.contains(item)) {
      throw severalOnOne();
    }
    // One sweep finds an item once.
    return sweeps.size() > 1 ? !deleted.add(item) : deleted.contains(item);
  }

  @Override
  public void decide() {
    if (reasons.stream().anyMatch(reason -> reason != Reason.NONE)) {
      throw DynamoDbErrors.cancelled(reasons);
    }
  }

  @Override
  public void add(Batch batch) {
    if (token != null) {
      tokens.add(batch, scope, token, fingerprint);
    }
  }
}
