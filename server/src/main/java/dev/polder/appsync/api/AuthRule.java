package dev.polder.appsync.api;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule of `@auth`, with its defaults filled in.
///
/// @param provider how the caller must have proved who it is
/// @param ownerField of `OWNER`: the field that holds the owner, or the list of owners
/// @param identityClaim of `OWNER`: the claim, or several with `::` between, such as
///   `sub::username`
/// @param groupClaim of `GROUPS`: the claim that lists the caller's groups
/// @param groups of `GROUPS`: those that are let in; empty where `groupsField` says
/// @param groupsField of `GROUPS`: the field that names the group or groups that are let in
/// @param operations what the rule allows; all of them unless the schema says otherwise, with
///   `READ` spelt out
/// @param fills of `OWNER`: true to fill in the owner of a new object also where another rule lets
///   its creator in
/// @param shortens of `OWNER`: true if readers of an owner of several parts, such as
///   `sub::username`, see the last part alone
public record AuthRule(
    Allow allow,
    Provider provider,
    @Nullable String ownerField,
    @Nullable String identityClaim,
    @Nullable String groupClaim,
    List<String> groups,
    @Nullable String groupsField,
    Set<Operation> operations,
    boolean fills,
    boolean shortens) {

  public AuthRule {
    groups = List.copyOf(groups);
    operations = Set.copyOf(operations);
  }

  /// Who is let in.
  public enum Allow {
    OWNER,
    GROUPS,
    PUBLIC,
    PRIVATE,
    CUSTOM
  }

  /// How a caller proves who it is.
  public enum Provider {
    API_KEY,
    IAM,
    IDENTITY_POOL,
    USER_POOLS,
    OIDC,
    FUNCTION
  }

  /// What a rule may allow.
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    GET,
    LIST,
    SYNC,
    LISTEN,
    SEARCH
  }
}
