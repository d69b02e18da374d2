package dev.polder.amplify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `amplify/backend/auth/<name>`: a Cognito user pool, or the groups of one.
///
/// @param name of the folder
/// @param hasPool false for the folder of the groups, and where there is an identity pool alone
/// @param poolIds the ids of an imported pool, by environment
/// @param unserved what of it has no meaning here, in words
public record AuthFolder(
    String name, boolean hasPool, Map<String, String> poolIds, List<String> unserved) {
  private static final String GROUPS = "userPoolGroups";

  public AuthFolder {
    poolIds = Collections.unmodifiableMap(new LinkedHashMap<>(poolIds));
    unserved = List.copyOf(unserved);
  }

  static AuthFolder read(Path amplify, Path folder) {
    String name = ProjectFiles.name(folder);
    if (name.equals(GROUPS)) {
      return new AuthFolder(name, false, Map.of(), List.of(groups(folder)));
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.putAll(ProjectFiles.optionalJson(folder.resolve("parameters.json")));
    settings.putAll(
        ProjectFiles.object(
            ProjectFiles.optionalJson(folder.resolve("cli-inputs.json")), "cognitoConfig"));
    String selections = String.valueOf(settings.getOrDefault("authSelections", "userPoolOnly"));
    List<String> unserved = new ArrayList<>(List.of("sign-up and sign-in"));
    if (selections.startsWith("identityPool")) {
      unserved.add("the identity pool");
    }
    if (settings.containsKey("hostedUIDomainName") || settings.containsKey("hostedUI")) {
      unserved.add("hosted pages");
    }
    if (!String.valueOf(settings.getOrDefault("triggers", "{}")).matches("\\{\\s*}|\\[\\s*]|")) {
      unserved.add("triggers");
    }
    return new AuthFolder(
        name, !selections.equals("identityPoolOnly"), imported(amplify, name), unserved);
  }

  private static String groups(Path folder) {
    Path file = folder.resolve("user-pool-group-precedence.json");
    List<String> names = new ArrayList<>();
    for (Object each : ProjectFiles.optionalList(file)) {
      if (each instanceof Map<?, ?> group) {
        names.add(String.valueOf(group.get("groupName")));
      }
    }
    return "roles of the groups " + String.join(", ", names);
  }

  private static Map<String, String> imported(Path amplify, String name) {
    Map<String, String> ids = new LinkedHashMap<>();
    var environments = ProjectFiles.optionalJson(amplify.resolve("team-provider-info.json"));
    for (String env : environments.keySet()) {
      var auth =
          ProjectFiles.object(
              ProjectFiles.object(
                  ProjectFiles.object(ProjectFiles.object(environments, env), "categories"),
                  "auth"),
              name);
      if (auth.get("userPoolId") instanceof String id) {
        ids.put(env, id);
      }
    }
    return ids;
  }

  /// What the stack of a user pool puts out. One client stands for all.
  static Map<String, String> outputs(String pool, String account) {
    String region = pool.substring(0, pool.indexOf('_'));
    return Map.of(
        "UserPoolId",
        pool,
        "UserPoolName",
        pool,
        "UserPoolArn",
        "arn:aws:cognito-idp:" + region + ":" + account + ":userpool/" + pool,
        "AppClientID",
        "polder",
        "AppClientIDWeb",
        "polder");
  }
}
