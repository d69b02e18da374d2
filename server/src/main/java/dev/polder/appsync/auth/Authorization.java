package dev.polder.appsync.auth;

import dev.polder.appsync.api.Api;
import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import dev.polder.appsync.run.FieldException;
import dev.polder.appsync.run.Identity;
import dev.polder.appsync.run.Request;
import graphql.language.FieldDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of the second generation at work: those of `@auth`, and those of the directives
/// `@aws_*`.
///
/// A model that the API has no rules for is open to everybody whom the API knows, as in a project
/// that does not use `@auth`; one that has rules, but none, is open to nobody.
public final class Authorization implements ApiRules {
  private final FieldModes modes;
  private final boolean hidesFields;
  private final Map<String, ModelRules> models = new HashMap<>();
  private final Map<FieldName, List<Role>> plainFields = new HashMap<>();
  private final Map<FieldName, Role> owners = new HashMap<>();
  private final Set<FieldName> redacted;
  private final Set<String> protects;

  public Authorization(Api api, AuthSettings settings) {
    TypeDefinitionRegistry schema = new SchemaParser().parse(api.sdl());
    this.modes = new FieldModes(schema, settings);
    this.hidesFields = settings.find(AuthSetting.Function.class).isPresent();
    Map<String, Map<String, List<AuthRule>>> byType = new LinkedHashMap<>();
    api.fieldRules()
        .forEach((field, rules) ->
            byType
                .computeIfAbsent(field.type(), _ -> new LinkedHashMap<>())
                .put(field.field(), rules));
    for (var type : schema.getTypes(ObjectTypeDefinition.class)) {
      Map<String, List<AuthRule>> ofFields = byType.getOrDefault(type.getName(), Map.of());
      List<AuthRule> ofType = api.typeRules().getOrDefault(type.getName(), List.of());
      boolean ruled = api.typeRules().containsKey(type.getName()) || !ofFields.isEmpty();
      if (ruled && api.models().containsKey(type.getName())) {
        model(type, ofType, ofFields);
      } else {
        ofFields.forEach((field, rules) -> plain(new FieldName(type.getName(), field), rules));
      }
    }
    this.redacted = Redactions.of(api, models, schema.getTypes(ObjectTypeDefinition.class));
    this.protects = Set.copyOf(api.redactions().keySet());
  }

  private void model(
      ObjectTypeDefinition type, List<AuthRule> rules, Map<String, List<AuthRule>> ofFields) {
    Set<String> all = new LinkedHashSet<>();
    Set<String> lists = new HashSet<>();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      all.add(field.getName());
      var outer = field.getType();
      if (outer instanceof ListType
          || (outer instanceof NonNullType required && required.getType() instanceof ListType)) {
        lists.add(field.getName());
      }
    }
    var made = new ModelRules(all, lists, rules, ofFields);
    models.put(type.getName(), made);
    made.roles().stream()
        .filter(role -> role.allow() == Allow.OWNER)
        .forEach(
            role -> owners.put(new FieldName(type.getName(), String.valueOf(role.field())), role));
  }

  /// A field outside of models has no object to judge by: only rules that need none count.
  private void plain(FieldName field, List<AuthRule> rules) {
    plainFields.put(
        field,
        rules.stream()
            .flatMap(rule -> Role.of(rule, Set.of()).stream())
            .filter(role -> !role.isDynamic())
            .toList());
  }

  private static KnownCaller caller(Request request) {
    Identity identity = request.identity();
    return switch (identity) {
      case KnownCaller known -> known;
      // What stands for a caller with a key where nobody was asked for one.
      default -> new KnownCaller.ByKey();
    };
  }

  private @Nullable ModelRules rules(Model model) {
    return models.get(model.type());
  }

  /// True if a static role among these includes the caller.
  private static boolean admits(List<Role> roles, KnownCaller caller) {
    return roles.stream().anyMatch(role -> !role.isDynamic() && role.includes(caller));
  }

  @Override
  public boolean guards(FieldName field) {
    ModelRules rules = models.get(field.type());
    return hidesFields
        || modes.guards(field)
        || plainFields.containsKey(field)
        || owners.containsKey(field)
        || (rules != null && rules.guards(field.field()));
  }

  @Override
  public void field(Request request, FieldName field, Map<String, @Nullable Object> source) {
    KnownCaller caller = caller(request);
    List<Role> plain = plainFields.get(field);
    ModelRules rules = models.get(field.type());
    boolean hidden =
        caller instanceof KnownCaller.ByFunction known && known.denied().contains(field.toString());
    boolean open =
        !hidden
            && modes.admits(caller, field)
            && (plain == null || admits(plain, caller))
            && (rules == null
                || !rules.guards(field.field())
                || mayRead(rules.readersOf(field.field()), caller, source));
    if (!open) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
  }

  private static boolean mayRead(
      List<Role> readers, KnownCaller caller, Map<String, @Nullable Object> source) {
    return admits(readers, caller)
        || readers.stream().anyMatch(role -> role.isDynamic() && role.includes(caller, source));
  }

  /// An owner who is stored as `sub::username` is shown by the name alone.
  @Override
  public @Nullable Object shown(
      FieldName field, @Nullable FieldName mutation, @Nullable Object value) {
    Role owner = owners.get(field);
    return owner == null ? value : owner.shown(value);
  }

  @Override
  public boolean redacts(FieldName field) {
    return redacted.contains(field);
  }

  @Override
  public Map<String, @Nullable Object> create(
      Request request, Model model, Map<String, @Nullable Object> input) {
    ModelRules rules = rules(model);
    return rules == null ? input : new WriteRules(rules, caller(request)).create(input);
  }

  @Override
  public boolean readsFirst(Request request, Model model, Operation operation) {
    ModelRules rules = rules(model);
    if (rules == null) {
      return false;
    }
    var writes = new WriteRules(rules, caller(request));
    // Who may delete a field may set it to null.
    boolean nulls = operation == Operation.UPDATE;
    return writes.dependOnObject(operation) || (nulls && writes.dependOnObject(Operation.DELETE));
  }

  @Override
  public Map<String, @Nullable Object> update(
      Request request,
      Model model,
      Map<String, @Nullable Object> input,
      @Nullable Map<String, @Nullable Object> stored) {
    ModelRules rules = rules(model);
    if (rules != null) {
      new WriteRules(rules, caller(request)).update(model.key().partition(), input, stored);
    }
    return input;
  }

  @Override
  public void delete(Request request, Model model, @Nullable Map<String, @Nullable Object> stored) {
    ModelRules rules = rules(model);
    if (rules != null) {
      new WriteRules(rules, caller(request)).delete(stored);
    }
  }

  @Override
  public @Nullable Map<String, @Nullable Object> read(
      Request request, Model model, Operation operation) {
    ModelRules rules = rules(model);
    if (rules == null) {
      return null;
    }
    KnownCaller caller = caller(request);
    List<Role> roles = rules.roles(operation);
    if (admits(roles, caller)) {
      return null;
    }
    List<Map<String, Object>> filters =
        roles.stream()
            .filter(Role::isDynamic)
            .flatMap(role -> role.filters(caller).stream())
            .distinct()
            .toList();
    if (filters.isEmpty()) {
      throw FieldException.notAuthorized();
    }
    return Map.of("or", filters);
  }

  /// Where a role's field is part of the key by which objects are read, the arguments decide
  /// instead of a filter: the key names the caller, or the caller's name completes it, or nothing
  /// is to be seen.
  @Override
  public Sight sight(
      Request request,
      Model model,
      Operation operation,
      TableKey key,
      Map<String, @Nullable Object> arguments) {
    ModelRules rules = rules(model);
    if (rules == null) {
      return new Sight(read(request, model, operation), arguments);
    }
    KnownCaller caller = caller(request);
    List<Role> roles = rules.roles(operation);
    return admits(roles, caller)
        ? new Sight(null, arguments)
        : KeySight.of(roles, caller, key, arguments);
  }

  @Override
  public boolean seesAll(Request request, Model model) {
    ModelRules rules = rules(model);
    return rules == null || admits(rules.readers(), caller(request));
  }

  /// A connection may be followed by whoever may read its objects by any operation.
  @Override
  public Sight related(
      Request request,
      Model model,
      Operation operation,
      TableKey key,
      Map<String, @Nullable Object> arguments) {
    ModelRules rules = rules(model);
    if (rules == null) {
      return new Sight(read(request, model, operation), arguments);
    }
    KnownCaller caller = caller(request);
    return admits(rules.readers(), caller)
        ? new Sight(null, arguments)
        : KeySight.ofRelated(rules.readers(), caller, key, arguments);
  }

  @Override
  public Optional<Map<String, Object>> subscribe(
      Request request, FieldName field, String type, Map<String, @Nullable Object> arguments) {
    field(request, field, Map.of());
    ModelRules rules = models.get(type);
    KnownCaller caller = caller(request);
    if (rules == null || !protects.contains(type)) {
      return Optional.empty();
    }
    List<Role> roles = rules.roles(Operation.LISTEN);
    if (admits(roles, caller)) {
      return Optional.empty();
    }
    List<List<Map<String, Object>>> heard =
        roles.stream()
            .filter(Role::isDynamic)
            .map(role -> role.heard(caller))
            .filter(each -> !each.isEmpty())
            .toList();
    boolean named = namesOwner(roles, caller, field, arguments);
    if (heard.isEmpty()) {
      throw FieldException.notAuthorized(field.field(), field.type());
    }
    // An owner who asks for what is theirs and nothing else is heard by the argument alone.
    return named && heard.size() == 1 && !isFiltered(arguments)
        ? Optional.empty()
        : Optional.of(Map.of("or", heard.stream().flatMap(List::stream).distinct().toList()));
  }

  private static boolean isFiltered(Map<String, @Nullable Object> arguments) {
    return arguments.get("filter") instanceof Map<?, ?> filter && !filter.isEmpty();
  }

  /// True if an argument names the caller as an owner. The first that does is the last that is
  /// looked at.
  ///
  /// @throws FieldException if one names somebody else
  private static boolean namesOwner(
      List<Role> roles,
      KnownCaller caller,
      FieldName field,
      Map<String, @Nullable Object> arguments) {
    for (Role role : roles) {
      Object given = arguments.get(String.valueOf(role.field()));
      List<String> names = role.allow() == Allow.OWNER ? role.names(caller) : List.of();
      if (!names.isEmpty() && given instanceof String name && !name.isEmpty()) {
        if (names.contains(name)) {
          return true;
        }
        throw FieldException.notAuthorized(field.field(), field.type());
      }
    }
    return false;
  }

  @Override
  public Set<String> ownerArguments(String type) {
    ModelRules rules = models.get(type);
    Set<String> names = new HashSet<>();
    if (rules != null) {
      rules.roles(Operation.LISTEN).stream()
          .filter(role -> role.allow() == Allow.OWNER)
          .forEach(role -> names.add(String.valueOf(role.field())));
    }
    return names;
  }

  @Override
  public boolean filtersAlone() {
    return true;
  }
}
