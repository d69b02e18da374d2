package dev.polder.appsync.transform;

import dev.polder.appsync.api.Api;
import graphql.language.Document;

/// The transform of the second generation's directives.
final class SecondGeneration {
  private final TransformOptions options;

  SecondGeneration(TransformOptions options) {
    this.options = options;
  }

  Api apply(Document document) {
    throw new UnsupportedOperationException(
        "not transformed: " + document.getDefinitions().size() + options.generation());
  }
}
