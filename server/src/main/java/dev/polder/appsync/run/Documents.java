package dev.polder.appsync.run;

import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Documents that have been parsed and validated, the latest used of them; callers send the same
/// few again and again. One is kept once it comes for the second time: those that have their values
/// written into them come once, and would drive out the others and live just long enough to be
/// costly.
final class Documents implements PreparsedDocumentProvider {
  // Characters in all; a tree takes some fifty times its text.
  private static final int MOST = 512 << 10;
  private static final int LARGEST = 16 << 10;

  private final Map<String, PreparsedDocumentEntry> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final int[] once = new int[1024]; // hashes, each at a place that it decides
  private int characters;

  @Override
  public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
      ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
    String query = input.getQuery();
    PreparsedDocumentEntry known = find(query);
    if (known == null) {
      known = parseAndValidate.apply(input);
      if (query.length() <= LARGEST && !known.hasErrors()) {
        keep(query, known);
      }
    }
    return CompletableFuture.completedFuture(known);
  }

  private synchronized @Nullable PreparsedDocumentEntry find(String query) {
    return kept.get(query);
  }

  private synchronized void keep(String query, PreparsedDocumentEntry entry) {
    int hash = query.hashCode();
    int place = (hash ^ (hash >>> 16)) & (once.length - 1);
    if (once[place] != hash) {
      once[place] = hash;
      return;
    }
    if (kept.put(query, entry) == null) {
      characters += query.length();
    }
    var eldest = kept.keySet().iterator();
    while (characters > MOST) {
      characters -= eldest.next().length();
      eldest.remove();
    }
  }
}
