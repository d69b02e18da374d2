package dev.polder.appsync.transform.v1;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.transform.AuthMode;
import dev.polder.appsync.transform.Problem;
import dev.polder.appsync.transform.SchemaException;
import dev.polder.appsync.transform.ast.TypeRef;
import dev.polder.appsync.transform.v1.DraftModel.Level;
import dev.polder.appsync.transform.v1.Rule.Operation;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `@auth`: who may do what with a model, or read a field.
///
/// In the schema it shows as AppSync's own directives, wherever callers of another mode than the
/// API's first are let in, as an owner field, and as arguments of subscriptions.
final class AuthDirective {
  private final Draft draft;
  private final AuthMode initial;

  /// Directives that types without a model have got from the models that contain them.
  private final Map<String, Set<String>> inherited = new HashMap<>();

  AuthDirective(Draft draft) {
    this.draft = draft;
    this.initial = draft.options().auth().initial();
  }

  void apply(ObjectTypeDefinition type, Directive directive) {
    DraftModel model = draft.models().get(type.getName());
    if (model == null) {
      throw new SchemaException(
          Problem.directive(
              directive, "Types annotated with @auth must also be annotated with @model."));
    }
    List<Rule> rules = Rule.of(directive);
    new RuleChecks(draft.options().auth(), directive).type(rules);
    draft.typeRules().put(type.getName(), run(rules, model));
    addOwners(type.getName(), rules);
    inherit(type, rules);
    draft.addDirectives(type.getName(), directives(rules, false));
    protectOperations(model, rules);
    protectConnections(type.getName(), covering(rules, Operation.READ));
    protectSubscriptions(model, covering(rules, Operation.READ));
    Inputs.without(draft, Names.condition(type.getName()), guarded(rules));
  }

  /// The rules for the run time. They reach subscriptions only where the model says so.
  private static List<AuthRule> run(List<Rule> rules, @Nullable DraftModel model) {
    boolean subscriptions = model == null || model.level == Level.ON;
    return rules.stream().map(rule -> rule.rule(subscriptions)).toList();
  }

  private static List<Rule> covering(List<Rule> rules, Operation operation) {
    return rules.stream().filter(rule -> rule.covers(operation)).toList();
  }

  /// The owners' fields are visible even where the author did not write them.
  private void addOwners(String type, List<Rule> rules) {
    if (draft.options().flag("addMissingOwnerFields", true)) {
      rules.stream()
          .filter(rule -> rule.allow() == Allow.OWNER)
          .forEach(rule -> addOwner(type, rule.ownerField()));
    }
  }

  private void addOwner(String type, String owner) {
    boolean missing =
        draft.object(type).orElseThrow().getFieldDefinitions().stream()
            .noneMatch(field -> field.getName().equals(owner));
    if (missing) {
      draft.addField(type, Nodes.field(owner, List.of(), TypeRef.named("String")));
    }
  }

  /// Types that are stored within the model's items are as visible as the model.
  private void inherit(ObjectTypeDefinition type, List<Rule> rules) {
    for (FieldDefinition field : type.getFieldDefinitions()) {
      String name = TypeRef.base(field.getType());
      ObjectTypeDefinition inner =
          draft.written(name).filter(object -> !object.hasDirective("model")).orElse(null);
      if (inner == null) {
        continue;
      }
      Set<String> known = inherited.computeIfAbsent(name, _ -> new HashSet<>());
      List<Directive> added =
          directives(rules, true).stream()
              .filter(directive -> !known.contains(directive.getName()))
              .toList();
      if (!added.isEmpty()) {
        added.forEach(directive -> known.add(directive.getName()));
        draft.addDirectives(name, added);
        inherit(inner, rules);
      }
    }
  }

  /// The service's directives for the modes of rules. The API's first mode needs none, unless
  /// others are named beside it.
  ///
  /// @param withInitial true to keep the first mode in where others are named, though no rule of
  ///   these is for it
  private List<Directive> directives(List<Rule> rules, boolean withInitial) {
    List<Directive> directives = new ArrayList<>();
    boolean others = rules.stream().anyMatch(rule -> rule.provider() != initial);
    for (AuthMode mode :
        List.of(
            AuthMode.API_KEY,
            AuthMode.AWS_IAM,
            AuthMode.OPENID_CONNECT,
            AuthMode.AMAZON_COGNITO_USER_POOLS)) {
      boolean used = rules.stream().anyMatch(rule -> rule.provider() == mode);
      if (mode == initial ? others && (used || withInitial) : used) {
        directives.add(Nodes.directive(mode.directive()));
      }
    }
    return directives;
  }

  private void protectOperations(DraftModel model, List<Rule> rules) {
    protect(model, DraftModel.Operation.CREATE, covering(rules, Operation.CREATE));
    protect(model, DraftModel.Operation.UPDATE, covering(rules, Operation.UPDATE));
    protect(model, DraftModel.Operation.DELETE, covering(rules, Operation.DELETE));
    protect(model, DraftModel.Operation.GET, covering(rules, Operation.GET));
    protect(model, DraftModel.Operation.LIST, covering(rules, Operation.LIST));
    if (model.operation(DraftModel.Operation.LIST).isPresent()) {
      protectKeys(model, rules);
    }
  }

  /// Queries on keys, which Amplify opens to other modes only where the model has a list.
  private void protectKeys(DraftModel model, List<Rule> rules) {
    for (Directive key : model.written().getDirectives("key")) {
      KeyDirective.Key.of(key)
          .queryField()
          .ifPresent(query ->
              protectField(
                  draft.query(), query, directives(covering(rules, Operation.READ), false)));
    }
  }

  private void protect(DraftModel model, DraftModel.Operation operation, List<Rule> rules) {
    model
        .operation(operation)
        .ifPresent(field ->
            protectField(
                root(operation), field, directives(rules, initialAllowed(model, operation))));
  }

  private String root(DraftModel.Operation operation) {
    return switch (operation) {
      case GET, LIST -> draft.query();
      case CREATE, UPDATE, DELETE -> draft.mutation();
    };
  }

  /// True if a rule of the type lets callers of the API's first mode do the operation.
  private boolean initialAllowed(DraftModel model, DraftModel.Operation operation) {
    List<Rule> rules =
        model.written().getDirectives("auth").stream().map(Rule::of).findFirst().orElse(List.of());
    Predicate<Rule> covers =
        switch (operation) {
          case CREATE -> rule -> rule.covers(Operation.CREATE);
          case UPDATE -> rule -> rule.covers(Operation.UPDATE);
          case DELETE -> rule -> rule.covers(Operation.DELETE);
          case GET -> rule -> rule.covers(Operation.READ) || rule.covers(Operation.GET);
          case LIST -> rule -> rule.covers(Operation.READ) || rule.covers(Operation.LIST);
        };
    return rules.stream().filter(covers).anyMatch(rule -> rule.provider() == initial);
  }

  /// Who may call an operation may see the type that it answers.
  private void protectField(String type, String field, List<Directive> directives) {
    if (directives.isEmpty()) {
      return;
    }
    draft.addDirectives(type, field, directives);
    draft.object(type).stream()
        .flatMap(object -> object.getFieldDefinitions().stream())
        .filter(candidate -> candidate.getName().equals(field))
        .forEach(found -> draft.addDirectives(TypeRef.base(found.getType()), directives));
  }

  private void protectConnections(String model, List<Rule> rules) {
    List<Directive> directives = directives(rules, false);
    for (ObjectTypeDefinition type : draft.written()) {
      for (FieldDefinition field : type.getFieldDefinitions()) {
        if (field.hasDirective("connection") && TypeRef.base(field.getType()).equals(model)) {
          protectField(type.getName(), field.getName(), directives);
        }
      }
    }
  }

  private void protectSubscriptions(DraftModel model, List<Rule> rules) {
    if (rules.isEmpty() || model.level != Level.ON) {
      return;
    }
    List<Directive> directives = directives(rules, initialAllowed(model, DraftModel.Operation.GET));
    for (List<String> names : model.subscriptions.values()) {
      for (String name : names) {
        draft.addDirectives(draft.subscription(), name, directives);
        addOwnerArguments(model, name, rules);
      }
    }
  }

  /// Who owns says whose items to hear of, and must say so if nobody else may listen.
  private void addOwnerArguments(DraftModel model, String subscription, List<Rule> rules) {
    boolean anyUser =
        rules.stream()
            .anyMatch(rule ->
                rule.provider() == AuthMode.AMAZON_COGNITO_USER_POOLS
                    && (rule.allow() == Allow.PUBLIC || rule.allow() == Allow.PRIVATE));
    List<Rule> owners = rules.stream().filter(rule -> rule.allow() == Allow.OWNER).toList();
    if (anyUser || owners.isEmpty()) {
      return;
    }
    if (owners.stream().anyMatch(rule -> rule.ownField().isEmpty())) {
      // Who listens by owner must see the owner, also where owners' fields are not added.
      addOwner(model.type(), "owner");
    }
    boolean optional =
        owners.size() > 1
            || rules.stream()
                .anyMatch(rule ->
                    (rule.allow() == Allow.GROUPS && rule.written().text("groupsField") == null)
                        || rule.allow() == Allow.PRIVATE
                        || rule.allow() == Allow.PUBLIC);
    draft.changeField(
        draft.subscription(),
        subscription,
        field ->
            field.transform(copy ->
                copy.inputValueDefinitions(
                    owners.stream()
                        .map(Rule::ownerField)
                        .map(name ->
                            Nodes.value(
                                name,
                                optional ? TypeRef.named("String") : TypeRef.required("String")))
                        .toList())));
  }

  /// Fields that decide who may write cannot be part of a condition on writing.
  private static Set<String> guarded(List<Rule> rules) {
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      if (rule.allow() == Allow.OWNER) {
        names.add(rule.ownerField());
      } else if (rule.allow() == Allow.GROUPS) {
        names.add(rule.written().text("groupsField", "groups"));
      }
    }
    return names;
  }

  void apply(ObjectTypeDefinition type, FieldDefinition field, Directive directive) {
    boolean root = draft.isRoot(type.getName());
    DraftModel model = draft.models().get(type.getName());
    List<Rule> rules = Rule.of(directive).stream().map(Rule::onField).toList();
    new RuleChecks(draft.options().auth(), directive).field(rules, root, model != null);
    draft.fieldRules().put(new FieldName(type.getName(), field.getName()), run(rules, model));
    if (!root) {
      addOwners(type.getName(), rules);
      draft.addDirectives(type.getName(), directives(rules, typeAllowsInitial(type)));
    }
    if (model == null) {
      draft.addDirectives(type.getName(), field.getName(), directives(rules, false));
    } else {
      checkNullable(model, field, covering(rules, Operation.READ), directive);
      protectFieldOf(model, field, rules);
    }
  }

  /// True if callers of the API's first mode may see the type.
  private boolean typeAllowsInitial(ObjectTypeDefinition type) {
    return type.getDirectives("auth").stream()
        .findFirst()
        .map(Rule::of)
        .map(rules -> rules.stream().anyMatch(rule -> rule.provider() == initial))
        .orElse(true);
  }

  private static void checkNullable(
      DraftModel model, FieldDefinition field, List<Rule> readers, Directive directive) {
    if (!readers.isEmpty() && model.level == Level.ON && TypeRef.isRequired(field.getType())) {
      throw new SchemaException(
          Problem.directive(
              directive,
              ("\nPer-field auth on the required field %s is not supported with subscriptions.\n"
                      + "Either make the field optional, set auth on the object and not the field,"
                      + " or disable subscriptions for the object (setting level to off or"
                      + " public)\n")
                  .formatted(field.getName())));
    }
  }

  private void protectFieldOf(DraftModel model, FieldDefinition field, List<Rule> rules) {
    List<Rule> readers = covering(rules, Operation.READ);
    List<Rule> creators = covering(rules, Operation.CREATE);
    draft.addDirectives(model.type(), field.getName(), directives(readers, false));
    if (model.operation(DraftModel.Operation.CREATE).isPresent()) {
      draft.addDirectives(model.type(), field.getName(), directives(creators, false));
    }
    if (!directives(readers, false).isEmpty()) {
      protect(model, DraftModel.Operation.GET, readers);
      protect(model, DraftModel.Operation.LIST, readers);
    }
    if (!directives(creators, false).isEmpty()) {
      protect(model, DraftModel.Operation.CREATE, creators);
    }
    protectMutation(model, DraftModel.Operation.UPDATE, covering(rules, Operation.UPDATE));
    if (model.operation(DraftModel.Operation.UPDATE).isPresent()) {
      protectMutation(model, DraftModel.Operation.DELETE, covering(rules, Operation.DELETE));
    }
  }

  private void protectMutation(DraftModel model, DraftModel.Operation operation, List<Rule> rules) {
    model
        .operation(operation)
        .ifPresent(name -> protectField(draft.mutation(), name, directives(rules, false)));
  }
}
