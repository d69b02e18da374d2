package dev.polder.appsync.run;

import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Resolver;
import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.execution.ValuesResolver;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The extension `atomicMutations`: the mutations of one request as one transaction.
///
/// All of them are checked and planned before the first is answered, and written together. The
/// answer of each is what its object is after all of them.
final class Atomic {
  private static final String CANCELLED =
      "Not done, because another mutation of the same request could not be done.";

  private final Map<String, FieldException> failures = new LinkedHashMap<>();
  private final Map<String, @Nullable Map<String, @Nullable Object>> objects =
      new LinkedHashMap<>();

  /// A mutation of the request.
  ///
  /// @param key under which it is answered
  record Step(
      String key, FieldName field, Resolver resolver, Map<String, @Nullable Object> arguments) {}

  /// Makes the writes of a mutation.
  @FunctionalInterface
  interface Planner {
    Write plan(Calls calls, Step step);
  }

  /// True if the operation has several mutations.
  static boolean concerns(ExecutionContext context) {
    return fields(context).size() > 1;
  }

  private static Map<String, MergedField> fields(ExecutionContext context) {
    var parameters =
        FieldCollectorParameters.newParameters()
            .schema(context.getGraphQLSchema())
            .objectType(type(context))
            .fragments(context.getFragmentsByName())
            .variables(context.getCoercedVariables().toMap())
            .graphQLContext(context.getGraphQLContext())
            .build();
    return new FieldCollector()
        .collectFields(parameters, context.getOperationDefinition().getSelectionSet())
        .getSubFields();
  }

  private static GraphQLObjectType type(ExecutionContext context) {
    return Objects.requireNonNull(context.getGraphQLSchema().getMutationType());
  }

  /// The mutations of a request in their order.
  ///
  /// @param resolvers by field
  /// @throws FieldException if one of them is no change of an object
  static List<Step> steps(ExecutionContext context, Map<FieldName, Resolver> resolvers) {
    List<Step> steps = new ArrayList<>();
    GraphQLObjectType type = type(context);
    fields(context)
        .forEach((key, field) -> {
          GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
          if (definition != null) {
            var name = new FieldName(type.getName(), field.getName());
            Resolver resolver = resolvers.get(name);
            if (!(resolver instanceof Resolver.Create
                || resolver instanceof Resolver.Update
                || resolver instanceof Resolver.Delete)) {
              throw new FieldException(
                  "UnsupportedOperation",
                  name + " cannot be one of several mutations that succeed or fail together.");
            }
            Map<String, @Nullable Object> arguments =
                ValuesResolver.getArgumentValues(
                    context.getGraphQLSchema().getCodeRegistry(),
                    definition.getArguments(),
                    field.getArguments(),
                    context.getCoercedVariables(),
                    context.getGraphQLContext(),
                    context.getLocale());
            steps.add(new Step(key, name, resolver, arguments));
          }
        });
    return steps;
  }

  /// Does all of the mutations or none.
  static Atomic run(Calls calls, List<Step> steps, Planner planner, Writes writes) {
    var atomic = new Atomic();
    List<Write> planned = new ArrayList<>();
    for (Step step : steps) {
      try {
        planned.add(planner.plan(calls, step));
      } catch (RuntimeException e) {
        return atomic.failed(steps, step.key(), Failures.of(e));
      }
    }
    try {
      writes.transact(calls, planned);
    } catch (FailedWriteException e) {
      return atomic.failed(steps, steps.get(e.write()).key(), e.failure());
    } catch (RuntimeException e) {
      return atomic.failed(steps, steps.getFirst().key(), Failures.of(e));
    }
    for (int i = 0; i < steps.size(); i++) {
      atomic.objects.put(steps.get(i).key(), writes.result(calls, planned.get(i)));
    }
    return atomic;
  }

  private Atomic failed(List<Step> steps, String guilty, FieldException failure) {
    for (Step step : steps) {
      failures.put(
          step.key(),
          step.key().equals(guilty)
              ? failure
              : new FieldException("TransactionCanceled", CANCELLED));
    }
    return this;
  }

  /// What the mutation of a key answers.
  ///
  /// @throws FieldException if nothing was done
  @Nullable Map<String, @Nullable Object> answer(String key) {
    FieldException failure = failures.get(key);
    if (failure != null) {
      throw failure;
    }
    return objects.get(key);
  }
}
