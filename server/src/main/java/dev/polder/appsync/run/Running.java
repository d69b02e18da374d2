package dev.polder.appsync.run;

import dev.polder.appsync.api.FieldName;
import dev.polder.kernel.trace.Span;
import graphql.execution.ExecutionContext;
import graphql.execution.MergedField;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request while it runs. Used by every thread that works for it.
final class Running {
  // Objects times the fields that the document selects: what an answer may hold, so that a few
  // lines of query cannot fill the memory.
  private static final long LARGEST = 4_000_000;

  private final Request request;
  private final Services services;
  private final Span span;
  private final int mostResolvers;
  private final boolean delivers;
  private final AtomicInteger resolvers = new AtomicInteger();
  private final AtomicLong size = new AtomicLong();
  private final List<Done> done = Collections.synchronizedList(new ArrayList<>());
  private volatile int selectedFields = 1;
  private volatile @Nullable ExecutionContext context;
  private @Nullable Atomic atomic;

  /// @param span of the request
  /// @param delivers true to select from what a mutation answered instead of running resolvers
  Running(Request request, Services services, Span span, int mostResolvers, boolean delivers) {
    this.request = request;
    this.services = services;
    this.span = span;
    this.mostResolvers = mostResolvers;
    this.delivers = delivers;
  }

  /// A field of the root type that has been resolved.
  record Done(
      String responseKey,
      String field,
      Map<String, @Nullable Object> arguments,
      MergedField selection) {}

  Request request() {
    return request;
  }

  boolean delivers() {
    return delivers;
  }

  /// True if the request is a mutation.
  boolean mutates() {
    OperationDefinition begun = operation();
    return begun != null && begun.getOperation() == OperationDefinition.Operation.MUTATION;
  }

  /// Notes what is going to run.
  ///
  /// @param fields that the operation selects
  void begins(ExecutionContext begun, int fields) {
    this.context = begun;
    this.selectedFields = Math.max(1, fields);
  }

  /// What runs. Only once it does.
  ExecutionContext context() {
    return Objects.requireNonNull(context);
  }

  /// What runs; null before it does.
  @Nullable OperationDefinition operation() {
    ExecutionContext begun = context;
    return begun == null ? null : begun.getOperationDefinition();
  }

  /// The fragments of the document by name.
  Map<String, FragmentDefinition> fragments() {
    ExecutionContext begun = context;
    return begun == null ? Map.of() : begun.getFragmentsByName();
  }

  /// The mutations of this request as one transaction, which is done once.
  synchronized Atomic atomic(Supplier<Atomic> work) {
    Atomic known = atomic;
    if (known == null) {
      known = work.get();
      atomic = known;
    }
    return known;
  }

  void note(Done field) {
    done.add(field);
  }

  List<Done> done() {
    return done;
  }

  /// Counts a resolver.
  ///
  /// @throws FieldException if there have been too many
  void count() {
    if (resolvers.incrementAndGet() > mostResolvers) {
      throw new FieldException(
          "BadRequestException",
          "Resolver invocation limit reached: a request may run " + mostResolvers + " resolvers.");
    }
  }

  /// Counts objects of the answer.
  ///
  /// @throws FieldException if there are too many
  <T> T counted(int objects, T answer) {
    if (size.addAndGet((long) objects * selectedFields) > LARGEST) {
      throw new FieldException(
          "BadRequestException", "The answer would be larger than a request may ask for.");
    }
    return answer;
  }

  /// Runs a resolver in a span of its own.
  <T extends @Nullable Object> T resolve(FieldName field, Function<Calls, T> work) {
    try (Span own = span.child(Span.Kind.SUBSEGMENT, field.toString(), Map.of())) {
      try {
        return work.apply(new Calls(services, own));
      } catch (RuntimeException e) {
        Calls.failed(own, e);
        throw e;
      }
    }
  }
}
