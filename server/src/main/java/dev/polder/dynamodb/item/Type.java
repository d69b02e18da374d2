package dev.polder.dynamodb.item;

/// The ten types of an attribute, by their names on the wire.
public enum Type {
  S("STRING"),
  N("NUMBER"),
  B("BINARY"),
  BOOL("BOOLEAN"),
  NULL("NULL"),
  L("LIST"),
  M("MAP"),
  SS("STRING_SET"),
  NS("NUMBER_SET"),
  BS("BINARY_SET");

  private final String word;

  Type(String word) {
    this.word = word;
  }

  /// The type as messages about the operands of `ADD` and `DELETE` name it.
  public String word() {
    return word;
  }

  /// Whether values of this type may be keys, and are ordered among themselves.
  public boolean scalar() {
    return this == S || this == N || this == B;
  }

  /// Whether this is a set.
  public boolean set() {
    return this == SS || this == NS || this == BS;
  }
}
