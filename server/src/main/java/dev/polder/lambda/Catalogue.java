package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polder.kernel.JsonObject;
import dev.polder.kernel.Scope;
import dev.polder.store.Batch;
import dev.polder.store.ConflictException;
import dev.polder.store.Key;
import dev.polder.store.KeyRange;
import dev.polder.store.Scan;
import dev.polder.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The functions of this process in the store.
final class Catalogue {
  private static final String SERVICE = "lambda";

  private final Store store;

  Catalogue(Store store) {
    this.store = store;
  }

  private static Key kind(Scope scope, String kind) {
    return Key.of(SERVICE, scope.account(), scope.region(), kind);
  }

  private static Key function(FunctionName name) {
    return kind(name.scope(), "function").with(name.name());
  }

  private static Key versions(FunctionName name) {
    return kind(name.scope(), "version").with(name.name());
  }

  private static Key aliases(FunctionName name) {
    return kind(name.scope(), "alias").with(name.name());
  }

  Optional<LambdaFunction> find(FunctionName name) {
    byte[] bytes = store.get(function(name));
    return bytes == null ? Optional.empty() : Optional.of(LambdaFunction.of(bytes));
  }

  /// @throws software.amazon.awssdk.services.lambda.model.ResourceNotFoundException if there is
  ///   none
  LambdaFunction get(FunctionName name) {
    return find(name).orElseThrow(() -> LambdaErrors.functionNotFound(name.qualifiedArn()));
  }

  /// Adds a function; false if there is one of that name.
  boolean create(FunctionName name, LambdaFunction function) {
    Key key = function(name);
    return store.tryCommit(new Batch().require(key, null).put(key, function.bytes()));
  }

  /// Changes a function as it is, again where somebody else changed it meanwhile.
  LambdaFunction update(FunctionName name, UnaryOperator<LambdaFunction> change) {
    return update(name, change, (_, _) -> {});
  }

  /// The same, with more that is to change at once.
  ///
  /// @param more adds to the batch what goes with the changed function
  LambdaFunction update(
      FunctionName name,
      UnaryOperator<LambdaFunction> change,
      BiConsumer<Batch, LambdaFunction> more) {
    Key key = function(name);
    while (true) {
      byte[] before = store.get(key);
      if (before == null) {
        throw LambdaErrors.functionNotFound(name.arn());
      }
      LambdaFunction after = change.apply(LambdaFunction.of(before));
      Batch batch = new Batch().require(key, before).put(key, after.bytes());
      more.accept(batch, after);
      if (store.tryCommit(batch)) {
        return after;
      }
    }
  }

  void delete(FunctionName name) {
    store.commit(
        new Batch()
            .delete(function(name))
            .deleteRange(KeyRange.prefix(versions(name)))
            .deleteRange(KeyRange.prefix(aliases(name))));
  }

  /// One version, alias or the unpublished state, whatever the name's qualifier says.
  Optional<FunctionConfig> config(FunctionName name) {
    if (name.isLatest()) {
      return find(name).map(LambdaFunction::latest);
    }
    String qualifier = Objects.requireNonNull(name.qualifier());
    if (qualifier.matches("\\d{1,18}")) {
      return version(name, Long.parseLong(qualifier));
    }
    return alias(name, qualifier)
        .flatMap(a -> config(new FunctionName(name.scope(), name.name(), a.version())));
  }

  Optional<FunctionConfig> version(FunctionName name, long number) {
    byte[] bytes = store.get(versions(name).with(number));
    return bytes == null ? Optional.empty() : Optional.of(config(bytes));
  }

  private static FunctionConfig config(byte[] bytes) {
    return FunctionConfig.of(JsonObject.of(bytes));
  }

  static void putVersion(Batch batch, FunctionName name, long number, FunctionConfig config) {
    batch.put(versions(name).with(number), JsonObject.bytes(config.json()));
  }

  void deleteVersion(FunctionName name, long number) {
    store.commit(new Batch().delete(versions(name).with(number)));
  }

  Optional<Alias> alias(FunctionName name, String alias) {
    byte[] bytes = store.get(aliases(name).with(alias));
    return bytes == null ? Optional.empty() : Optional.of(Alias.of(bytes));
  }

  /// Adds an alias; false if there is one of that name.
  boolean createAlias(FunctionName name, Alias alias) {
    Key key = aliases(name).with(alias.name());
    return store.tryCommit(new Batch().require(key, null).put(key, alias.bytes()));
  }

  /// @throws ConflictException if the alias is not `before` any more
  void replaceAlias(FunctionName name, Alias before, @Nullable Alias after) {
    Key key = aliases(name).with(before.name());
    Batch batch = new Batch().require(key, before.bytes());
    store.commit(after == null ? batch.delete(key) : batch.put(key, after.bytes()));
  }

  /// A page of functions in the order of their names.
  Page<LambdaFunction> functions(Scope scope, @Nullable String after, int size) {
    Key all = kind(scope, "function");
    return page(all, after == null ? null : all.with(after), size, LambdaFunction::of);
  }

  /// A page of versions in their order, `$LATEST` not among them.
  Page<FunctionConfig> versions(FunctionName name, @Nullable String after, int size) {
    Key all = versions(name);
    Key from = after == null ? null : all.with(Long.parseLong(after));
    return page(all, from, size, Catalogue::config);
  }

  /// A page of aliases in the order of their names.
  Page<Alias> aliases(FunctionName name, @Nullable String after, int size) {
    Key all = aliases(name);
    return page(all, after == null ? null : all.with(after), size, Alias::of);
  }

  /// @param next where the next page begins; null for the last page
  record Page<T>(List<T> items, @Nullable String next) {}

  private <T> Page<T> page(Key all, @Nullable Key after, int size, Function<byte[], T> reader) {
    KeyRange range = after == null ? KeyRange.prefix(all) : KeyRange.prefixAfter(all, after);
    List<T> items = new ArrayList<>();
    String last = null;
    try (Scan scan = store.scan(range)) {
      while (scan.hasNext() && items.size() < size) {
        var entry = scan.next();
        items.add(reader.apply(entry.value()));
        last = String.valueOf(entry.key().parts().getLast());
      }
      return new Page<>(items, scan.hasNext() ? last : null);
    }
  }

  /// The ids of all code that some function or version uses.
  Set<String> codeInUse() {
    Set<String> used = new HashSet<>();
    try (Scan scan = store.scan(new KeyRange(Key.of(SERVICE), AsyncInvocations.QUEUE))) {
      while (scan.hasNext()) {
        var entry = scan.next();
        if (!(entry.key().parts().get(3) instanceof String kind)) {
          continue;
        }
        switch (kind) {
          case "function" -> use(LambdaFunction.of(entry.value()).latest(), used);
          case "version" -> use(config(entry.value()), used);
          case "layer" -> used.add(LayerVersion.of(entry.value()).code().id());
          default -> {}
        }
      }
    }
    return used;
  }

  private static void use(FunctionConfig config, Set<String> used) {
    used.add(config.code().id());
    config.settings().layers().forEach(layer -> used.add(layer.code().id()));
  }

  private static Key layer(Scope scope, String name) {
    return kind(scope, "layer").with(name);
  }

  /// Adds a version of a layer under the next number, which never comes again.
  ///
  /// @param make the version of a number
  LayerVersion addLayer(Scope scope, String name, LongFunction<LayerVersion> make) {
    Key counter = kind(scope, "layerCount").with(name);
    while (true) {
      byte[] before = store.get(counter);
      long number = before == null ? 1 : Long.parseLong(new String(before, UTF_8)) + 1;
      LayerVersion version = make.apply(number);
      var batch =
          new Batch()
              .require(counter, before)
              .put(counter, Long.toString(number).getBytes(UTF_8))
              .put(layer(scope, name).with(number), version.bytes());
      if (store.tryCommit(batch)) {
        return version;
      }
    }
  }

  Optional<LayerVersion> layer(Scope scope, String name, long number) {
    byte[] bytes = store.get(layer(scope, name).with(number));
    return bytes == null ? Optional.empty() : Optional.of(LayerVersion.of(bytes));
  }

  void deleteLayer(Scope scope, String name, long number) {
    store.commit(new Batch().delete(layer(scope, name).with(number)));
  }

  /// All versions of one layer, or of all, by name and number.
  List<LayerVersion> layers(Scope scope, @Nullable String name) {
    List<LayerVersion> found = new ArrayList<>();
    Key all = name == null ? kind(scope, "layer") : layer(scope, name);
    try (Scan scan = store.scan(KeyRange.prefix(all))) {
      while (scan.hasNext()) {
        found.add(LayerVersion.of(scan.next().value()));
      }
    }
    return found;
  }
}
