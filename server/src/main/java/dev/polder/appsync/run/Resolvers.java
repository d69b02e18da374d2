package dev.polder.appsync.run;

import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.Resolver;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Runs the resolver of a field: the one place that knows what each kind does.
final class Resolvers {
  private final ServedApi api;
  private final Access access;
  private final Reads reads;
  private final WritePlans plans;
  private final Writes writes;
  private final FunctionCalls functions;
  private final HttpCalls http;

  Resolvers(ServedApi api, Access access) {
    this.api = api;
    this.access = access;
    this.reads = new Reads(api, access);
    this.plans = new WritePlans(api, access, reads);
    this.writes = new Writes(api, reads);
    this.functions = new FunctionCalls(api);
    this.http = new HttpCalls(api);
  }

  /// A field that is to be resolved.
  record Call(
      Running running, FieldName field, DataFetchingEnvironment environment, boolean alone) {

    Map<String, @Nullable Object> arguments() {
      return environment.getArguments();
    }

    @Nullable Object source() {
      return environment.getSource();
    }

    <T extends @Nullable Object> T resolve(Function<Calls, T> work) {
      return running.resolve(field, work);
    }
  }

  /// The value of a field, or its future.
  @Nullable Object resolve(Resolver resolver, Call call) {
    return switch (resolver) {
      case Resolver.Create _, Resolver.Update _, Resolver.Delete _ -> write(call, resolver);
      case Resolver.Get _,
          Resolver.ListAll _,
          Resolver.QueryIndex _,
          Resolver.Functions _,
          Resolver.Http _,
          Resolver.Direct _ ->
          call.alone() ? direct(resolver, call) : Batches.async(() -> direct(resolver, call));
      case Resolver.Children children -> children(children, call);
      case Resolver.One one -> one(one, call);
      case Resolver.Count count -> count(count, call);
      case Resolver.Sync sync -> throw unsupported(sync);
    };
  }

  private @Nullable Object direct(Resolver resolver, Call call) {
    Request request = call.running().request();
    return call.resolve(calls ->
        switch (resolver) {
          case Resolver.Get get -> {
            Model model = api.model(get.model());
            var found = reads.get(request, calls, call.field(), model, call.arguments());
            yield judge(call, model, Operation.GET).one(call.field(), found);
          }
          case Resolver.ListAll list -> {
            Model model = api.model(list.model());
            yield page(
                call,
                judge(call, model, Operation.LIST),
                arguments -> reads.list(request, calls, model, arguments));
          }
          case Resolver.QueryIndex query -> {
            Model model = api.model(query.model());
            yield page(
                call,
                judge(call, model, Operation.SYNC),
                arguments ->
                    reads.index(request, calls, model, model.index(query.index()), arguments));
          }
          case Resolver.Functions several ->
              functions.call(
                  request, calls, call.field(), several, call.arguments(), call.source());
          case Resolver.Http one -> http.call(request, calls, one, call.arguments());
          case Resolver.Direct one -> functions.call(request, calls, call.environment(), one);
          case Resolver.Create _,
              Resolver.Update _,
              Resolver.Delete _,
              Resolver.Children _,
              Resolver.One _,
              Resolver.Count _,
              Resolver.Sync _ ->
              throw new IllegalStateException(resolver.toString());
        });
  }

  private Judgement judge(Call call, Model model, Operation operation) {
    return new Judgement(access.judge(call.running().request(), model, operation));
  }

  private Judgement judgeRelated(Call call, Model model) {
    return new Judgement(access.judgeRelated(call.running().request(), call.field(), model));
  }

  private static Page page(Call call, Judgement judgement, Judgement.Reading reading) {
    return judgement.page(
        call.arguments(),
        arguments -> {
          Page page = reading.apply(arguments);
          return call.running().counted(page.items().size(), page);
        });
  }

  private static FieldException unsupported(Resolver resolver) {
    return new FieldException("UnsupportedOperation", resolver + " is not supported.");
  }

  private @Nullable Object write(Call call, Resolver resolver) {
    Running running = call.running();
    Request request = running.request();
    if (api.api().extensions().atomicMutations() && Atomic.concerns(running.context())) {
      String key = call.environment().getMergedField().getResultKey();
      return running.atomic(() -> together(call)).answer(key);
    }
    return call.resolve(
        calls -> writes.run(calls, plan(request, calls, resolver, call.arguments())));
  }

  private Atomic together(Call call) {
    Running running = call.running();
    var steps = Atomic.steps(running.context(), api.api().resolvers());
    steps.forEach(step -> access.field(running.request(), step.field(), Map.of()));
    return call.resolve(calls ->
        Atomic.run(
            calls,
            steps,
            (within, step) -> plan(running.request(), within, step.resolver(), step.arguments()),
            writes));
  }

  private Write plan(
      Request request, Calls calls, Resolver resolver, Map<String, @Nullable Object> arguments) {
    return switch (resolver) {
      case Resolver.Create(String type) -> plans.create(request, calls, api.model(type), arguments);
      case Resolver.Update(String type) -> plans.update(request, calls, api.model(type), arguments);
      case Resolver.Delete(String type) -> plans.delete(request, calls, api.model(type), arguments);
      default -> throw new IllegalArgumentException(resolver.toString());
    };
  }

  private @Nullable Object children(Resolver.Children children, Call call) {
    List<Object> values = Fields.values(children.from(), call.source());
    if (values == null) {
      return children.paged() ? Page.empty() : List.of();
    }
    DataLoader<List<Object>, Page> loader =
        loader(
            call,
            call.field() + " " + call.arguments(),
            name ->
                Batches.<List<Object>, Page>each(
                    call.running(),
                    call.field(),
                    caches(call),
                    (calls, key) ->
                        page(
                            call,
                            judgeRelated(call, api.model(children.model())),
                            arguments ->
                                reads.children(
                                    call.running().request(), calls, children, key, arguments))));
    return loader.load(values).thenApply(page -> children.paged() ? page : page.items());
  }

  private @Nullable Object one(Resolver.One one, Call call) {
    List<Object> values = Fields.values(one.from(), call.source());
    if (values == null) {
      return null;
    }
    Model model = api.model(one.model());
    Request request = call.running().request();
    Judgement judgement = judgeRelated(call, model);
    if (one.index() != null) {
      var index = model.index(one.index());
      DataLoader<List<Object>, Map<String, @Nullable Object>> loader =
          loader(
              call,
              call.field().toString(),
              name ->
                  Batches.<List<Object>, Map<String, @Nullable Object>>each(
                      call.running(),
                      call.field(),
                      caches(call),
                      (calls, key) -> reads.first(request, calls, model, index, key)));
      return loader
          .load(values)
          .thenApply(object -> judgement.one(call.field(), call.running().counted(1, object)));
    }
    Map<String, AttributeValue> key = key(model, values);
    return byKey(call, model)
        .load(key)
        .thenApply(object -> judgement.one(call.field(), call.running().counted(1, object)));
  }

  private static Map<String, AttributeValue> key(Model model, List<Object> values) {
    Map<String, Object> byField = new LinkedHashMap<>();
    List<String> fields = model.key().fields();
    for (int i = 0; i < fields.size() && i < values.size(); i++) {
      byField.put(fields.get(i), values.get(i));
    }
    return Objects.requireNonNull(Keys.of(model, model.key(), byField), "a key of " + model.type());
  }

  // A filter for what the caller may see needs a query for each; otherwise one call gets a hundred.
  private DataLoader<Map<String, AttributeValue>, Map<String, @Nullable Object>> byKey(
      Call call, Model model) {
    Request request = call.running().request();
    return !access.seesAll(request, model)
        ? loader(
            call,
            call.field().toString(),
            name ->
                Batches.<Map<String, AttributeValue>, Map<String, @Nullable Object>>each(
                    call.running(),
                    call.field(),
                    caches(call),
                    (calls, key) -> reads.byKey(request, calls, call.field(), model, key)))
        : loader(
            call,
            "table " + model.type(),
            name ->
                Batches.byKey(call.running(), call.field(), caches(call), model, api.table(model)));
  }

  private @Nullable Object count(Resolver.Count count, Call call) {
    if (call.source() instanceof Page page) {
      return Batches.async(() -> page.count().get());
    }
    Object listed = resolve(paged(count.of()), call);
    return listed instanceof CompletableFuture<?> future
        ? future.thenApply(Resolvers::counts)
        : counts(listed);
  }

  private static Resolver paged(Resolver of) {
    return of instanceof Resolver.Children plain
        ? new Resolver.Children(plain.model(), plain.index(), plain.from(), true, plain.limit())
        : of;
  }

  private static @Nullable Object counts(@Nullable Object listed) {
    return listed instanceof Page page ? page.count().get() : null;
  }

  // A mutation may change between two of its fields what a loader has read for the first.
  private static boolean caches(Call call) {
    return call.environment().getOperationDefinition().getOperation()
        != graphql.language.OperationDefinition.Operation.MUTATION;
  }

  private static <K, V> DataLoader<K, V> loader(
      Call call, String name, Function<String, DataLoader<?, ?>> make) {
    var environment = call.environment();
    environment.getDataLoaderRegistry().computeIfAbsent(name, make);
    return Objects.requireNonNull(environment.<K, V>getDataLoader(name));
  }
}
