package dev.polder.appsync.transform;

import dev.polder.appsync.api.AuthRule;
import dev.polder.appsync.api.AuthRule.Allow;
import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.transform.ast.TypeRef;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `@auth`: who may do what. In the schema it shows as AppSync's directives for the modes that a
/// type or operation is open to, and as fields and arguments for owners; the rules themselves are
/// handed on to the run time.
final class AuthStep {
  private final Build build;
  private final Map<ModelDraft, AccessMatrix> matrices = new LinkedHashMap<>();

  /// The directives that embedded types got from models, by type.
  private final Map<String, Set<String>> seen = new HashMap<>();

  AuthStep(Build build) {
    this.build = build;
  }

  void apply() {
    build.objects.values().forEach(this::rules);
    matrices.forEach(this::withoutDynamicFields);
    matrices.forEach(this::protect);
    build.fieldRules.forEach((field, rules) -> {
      if (!build.isModel(field.type())) {
        protectField(field, rules);
      }
    });
  }

  private void rules(ObjectTypeDefinition type) {
    Optional<Directive> onType = Directives.first(type.getDirectives(), "auth");
    List<String> names = type.getFieldDefinitions().stream().map(FieldDefinition::getName).toList();
    AccessMatrix matrix = new AccessMatrix(names);
    if (onType.isPresent()) {
      List<AuthRule> rules = AuthRules.of(onType.get(), build.options);
      rules.forEach(matrix::allow);
      build.typeRules.put(type.getName(), rules);
    }
    boolean any = onType.isPresent();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      Optional<Directive> onField = Directives.first(field.getDirectives(), "auth");
      if (onField.isPresent()) {
        List<AuthRule> rules = AuthRules.of(onField.get(), build.options);
        matrix.allowOnly(field.getName(), rules);
        build.fieldRules.put(new FieldName(type.getName(), field.getName()), rules);
        any = true;
      }
    }
    ModelDraft model = build.models.get(type.getName());
    if (any && model != null) {
      matrices.put(model, matrix);
    }
  }

  /// A subscriber may not filter by the fields that say who is let in: AppSync filters by them
  /// itself, and takes one condition a field.
  private void withoutDynamicFields(ModelDraft model, AccessMatrix matrix) {
    DraftType filter = build.draft.type(model.subscriptionFilterName());
    for (AccessMatrix.Role role : matrix.roles()) {
      if (filter != null && role.dynamic() && role.entity() != null) {
        filter.fields.remove(role.entity());
      }
    }
  }

  private void protect(ModelDraft model, AccessMatrix matrix) {
    for (AccessMatrix.Role role : matrix.roles()) {
      if (role.isOwner() && role.entity() != null) {
        ownerField(model, role.entity());
      }
    }
    Set<AuthMode> modes = modes(matrix.roles());
    DraftType type = build.draft.types.get(model.name);
    if (type == null) {
      return;
    }
    directives(modes, false).forEach(type::mark);
    operations(model, matrix);
    propagate(type, modes);
  }

  /// The modes of roles, and IAM in a project that lets administrators in everywhere.
  private Set<AuthMode> modes(Set<AccessMatrix.Role> roles) {
    Set<AuthMode> modes = AccessMatrix.modes(roles);
    if (build.options.flag("enableIamAccess", false)) {
      modes.add(AuthMode.AWS_IAM);
    }
    return modes;
  }

  private void ownerField(ModelDraft model, String owner) {
    with(model.name, owner, "String");
    with(model.filterName(), owner, "ModelStringInput");
    with(model.conditionName(), owner, "ModelStringInput");
    with(model.subscriptionFilterName(), owner, "ModelStringInput");
  }

  private void with(String type, String field, String fieldType) {
    DraftType found = build.draft.type(type);
    if (found != null) {
      found.with(field, TypeRef.named(fieldType));
    }
  }

  private void operations(ModelDraft model, AccessMatrix matrix) {
    Operations operations = model.operations;
    open(matrix, "Query", Operation.GET, operations.get());
    open(matrix, "Query", Operation.LIST, operations.list());
    open(matrix, "Query", Operation.SYNC, operations.sync());
    open(matrix, "Mutation", Operation.CREATE, operations.create());
    open(matrix, "Mutation", Operation.UPDATE, operations.update());
    open(matrix, "Mutation", Operation.DELETE, operations.delete());
    for (String query : model.indexQueries) {
      open(matrix, "Query", Operation.LIST, query);
      open(matrix, "Query", Operation.GET, query);
    }
    if (operations.authorised()) {
      List<String> owners = ownerArguments(model, matrix);
      for (String name : operations.subscriptions().keySet()) {
        open(matrix, "Subscription", Operation.LISTEN, name);
        DraftField field = build.draft.root("Subscription").field(name);
        owners.forEach(owner -> field.with(owner, TypeRef.named("String")));
      }
    }
  }

  /// The owner fields by which one may subscribe; not those that hold several owners. Each role has
  /// its argument, so that owners known by two claims make two of the same name, as in Amplify's
  /// schemas.
  private List<String> ownerArguments(ModelDraft model, AccessMatrix matrix) {
    List<String> owners = new ArrayList<>();
    for (AccessMatrix.Role role : matrix.roles(Operation.LISTEN)) {
      if (role.isOwner() && role.entity() != null) {
        boolean several =
            model
                .declared(role.entity())
                .map(field -> TypeRef.isList(field.getType()))
                .orElse(false);
        if (!several) {
          owners.add(role.entity());
        }
      }
    }
    return owners;
  }

  /// Opens an operation, and the type it answers, to the modes of those who may use it.
  private void open(AccessMatrix matrix, String root, Operation operation, @Nullable String name) {
    DraftType type = build.draft.type(root);
    DraftField field = type == null || name == null ? null : type.fields.get(name);
    if (field == null) {
      return;
    }
    Set<AccessMatrix.Role> roles = matrix.roles(operation);
    AuthMode initial = build.options.auth().initial();
    boolean withInitial = roles.isEmpty() || AccessMatrix.modes(roles).contains(initial);
    List<String> directives = directives(modes(roles), withInitial);
    directives.forEach(field::mark);
    DraftType answered = build.draft.type(TypeRef.base(field.type));
    if (answered != null) {
      directives.forEach(answered::mark);
    }
  }

  /// Types that a model embeds are open to its modes, and so are its connections.
  private void propagate(DraftType type, Set<AuthMode> modes) {
    for (DraftField field : List.copyOf(type.fields.values())) {
      DraftType inner = build.draft.type(TypeRef.base(field.type));
      if (inner != null && inner.kind == DraftType.Kind.OBJECT && !build.isModel(inner.name)) {
        boolean again = seen.containsKey(inner.name);
        Set<String> before = seen.computeIfAbsent(inner.name, _ -> new HashSet<>());
        List<String> directives = directives(modes, again);
        directives.forEach(inner::mark);
        if (before.addAll(directives) || !again) {
          propagate(inner, modes);
        }
      }
    }
  }

  private void protectField(FieldName name, List<AuthRule> rules) {
    Set<AuthMode> modes = modes(Set.of());
    for (AuthRule rule : rules) {
      if (rule.allow() != Allow.OWNER && rule.groupsField() == null) {
        modes.add(AuthRules.mode(rule.provider()));
      }
    }
    DraftType type = build.draft.type(name.type());
    if (type != null && type.has(name.field())) {
      directives(modes, false).forEach(type.field(name.field())::mark);
    }
  }

  /// The directives for modes. What names no mode is open to the API's first one, so that this one
  /// is written only beside others.
  ///
  /// @param withInitial true to add the first mode beside others even if it is not among them
  private List<String> directives(Set<AuthMode> modes, boolean withInitial) {
    AuthMode initial = build.options.auth().initial();
    List<String> directives = new ArrayList<>();
    for (AuthMode mode : AuthMode.values()) {
      boolean wanted =
          mode == initial
              ? (withInitial || modes.contains(initial))
                  && modes.stream().anyMatch(m -> m != initial)
              : modes.contains(mode);
      if (wanted) {
        directives.add(mode.directive());
      }
    }
    return directives;
  }
}
