package dev.polder.appsync.transform.check;

import graphql.language.Definition;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What every schema may use without defining it: the service's directives and scalars, and the
/// directives of the second generation with their types.
final class Definitions {
  private Definitions() {}

  /// Definitions with the text that they are in.
  record Part(Source source, List<Definition<?>> definitions) {

    static Part of(String text) {
      return of(text, parse(text));
    }

    static Part of(String text, Document document) {
      return new Part(
          new Source(text),
          document.getDefinitions().stream().<Definition<?>>map(one -> one).toList());
    }
  }

  static Document parse(String text) {
    return Parser.parse(
        ParserEnvironment.newParserEnvironment()
            .document(text)
            .parserOptions(ParserOptions.getDefaultSdlParserOptions())
            .build());
  }

  static final Part SERVICE = read("service");
  static final Part DIRECTIVES = read("directives");
  static final Part FIRST_DIRECTIVES = read("first");
  static final Part SCALARS = read("scalars");

  /// Polder's own, which stand in the place of others of their names.
  static final Part EXTENSIONS = read("extensions");

  static final Part NOTHING = new Part(new Source(""), List.of());
  static final Part QUERY = Part.of("type Query { noop: String }");

  private static Part read(String name) {
    try (InputStream in = Definitions.class.getResourceAsStream(name + ".graphql")) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return Part.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The directives that the language brings; those for queries are no use in a schema.
  static final Map<String, DirectiveDefinition> SPECIFIED =
      parse(
              """
              directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
              directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
              directive @specifiedBy(url: String!) on SCALAR
              """)
          .getDefinitionsOfType(DirectiveDefinition.class)
          .stream()
          .collect(Collectors.toUnmodifiableMap(DirectiveDefinition::getName, one -> one));
}
