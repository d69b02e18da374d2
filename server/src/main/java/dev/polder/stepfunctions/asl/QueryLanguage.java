package dev.polder.stepfunctions.asl;

/// How the fields of a state look into data.
public enum QueryLanguage {
  JSONPATH("JSONPath"),
  JSONATA("JSONata");

  private final String text;

  QueryLanguage(String text) {
    this.text = text;
  }

  /// The name as definitions write it.
  public String text() {
    return text;
  }
}
