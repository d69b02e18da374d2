package dev.polder.dynamodb;

import dev.polder.kernel.Scope;
import dev.polder.store.Key;

/// Where DynamoDB's things are in the store.
final class Keys {
  /// How far the sequence numbers of streams are given out, of the whole process.
  static final Key SEQUENCE = Key.of("dynamodb", "sequence");

  /// Above everything of the service, of all accounts.
  static final Key ALL = Key.of("dynamodb");

  private Keys() {}

  private static Key of(Scope scope, String what) {
    return Key.of("dynamodb", scope.account(), scope.region(), what);
  }

  /// Above all tables of an account and region, which are below by their names.
  static Key tables(Scope scope) {
    return of(scope, "table");
  }

  static Key table(Scope scope, String name) {
    return tables(scope).with(name);
  }

  static Key tags(Scope scope, String name) {
    return of(scope, "tags").with(name);
  }

  /// How much a table holds, written when the process ends.
  static Key statistics(Scope scope, String id) {
    return of(scope, "statistics").with(id);
  }

  /// Above the items of a table and the entries of its indexes.
  static Key data(Scope scope, String id) {
    return of(scope, "item").with(id);
  }

  /// Above all streams of an account and region, which are below by table and label.
  static Key streams(Scope scope) {
    return of(scope, "stream");
  }

  static Key stream(Scope scope, String table, String label) {
    return streams(scope).with(table, label);
  }

  /// Above the records of a stream, which are below by their sequence numbers.
  static Key records(Scope scope, String table, String label) {
    return of(scope, "record").with(table, label);
  }

  /// Above the changes that a table remembers, which are below by their numbers.
  static Key history(Scope scope, String id) {
    return of(scope, "history").with(id);
  }

  /// Above all backups of an account and region, which are below by table and identifier.
  static Key backups(Scope scope) {
    return of(scope, "backup");
  }

  /// Above the items of a backup of their own, as a table has them below it.
  static Key backedUp(Scope scope, String table, String backup) {
    return of(scope, "backedUp").with(table, backup);
  }

  /// Above the copies that are being made, which are below by their identifiers.
  static Key copies(Scope scope) {
    return of(scope, "copy");
  }

  /// What was done under a client's request token.
  static Key token(Scope scope, String token) {
    return of(scope, "token").with(token);
  }

  /// Above the request tokens in the order in which they end.
  static Key tokenEnds(Scope scope) {
    return of(scope, "tokenEnd");
  }
}
