package dev.polder.amplify;

import dev.polder.kernel.Folders;
import dev.polder.kernel.Json;
import dev.polder.kernel.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/// A folder of functions without templates: each folder in it is a function of its name, with
/// `index.js` or `index.mjs` for Node.js or `index.py` for Python in it or in its `src`.
///
/// Each may do everything, finds the names of the models' tables in `API_<MODEL>TABLE_NAME` and
/// `<MODEL>TABLE` unless they are too many for a function's variables, and answers to its name with
/// and without the environment behind it.
final class FunctionsFolder {
  private static final String ROLE = "polder-functions";
  private static final int TIMEOUT_SECONDS = 25;
  private static final int MEGABYTES = 256;
  private static final int LARGEST_VARIABLES = 4000;

  private final Path folder;
  private final LambdaClient lambda;
  private final IamClient iam;
  private final Scope scope;

  FunctionsFolder(Path folder, LambdaClient lambda, IamClient iam, Scope scope) {
    this.folder = folder;
    this.lambda = lambda;
    this.iam = iam;
    this.scope = scope;
  }

  /// Creates the functions, for an API that is served.
  ///
  /// @throws ProjectException if a folder holds no handler
  void create(String env, ApiHost.Served api) {
    List<Path> functions = ProjectFiles.folders(folder);
    if (functions.isEmpty()) {
      return;
    }
    iam.createRole(r ->
        r.roleName(ROLE)
            .assumeRolePolicyDocument(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"));
    iam.attachRolePolicy(
        r -> r.roleName(ROLE).policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    for (Path function : functions) {
      Path code = Files.isDirectory(function.resolve("src")) ? function.resolve("src") : function;
      for (String name : names(ProjectFiles.name(function), env)) {
        create(name, code, env, api);
      }
    }
  }

  private static TreeSet<String> names(String name, String env) {
    var names = new TreeSet<String>(List.of(name));
    if (!env.isEmpty() && !name.endsWith("-" + env)) {
      names.add(name + "-" + env);
    }
    return names;
  }

  private void create(String name, Path code, String env, ApiHost.Served api) {
    SdkBytes zip = SdkBytes.fromByteArray(zipped(code));
    Runtime runtime = runtime(code);
    lambda.createFunction(r ->
        r.functionName(name)
            .runtime(runtime)
            .handler("index.handler")
            .role("arn:aws:iam::" + scope.account() + ":role/" + ROLE)
            .timeout(TIMEOUT_SECONDS)
            .memorySize(MEGABYTES)
            .code(c -> c.zipFile(zip))
            .environment(e -> e.variables(variables(env, scope.region(), api))));
  }

  private static Runtime runtime(Path code) {
    if (Files.exists(code.resolve("index.py"))) {
      return Runtime.PYTHON3_13;
    }
    if (Stream.of("index.js", "index.mjs", "index.cjs")
        .map(code::resolve)
        .anyMatch(Files::exists)) {
      return Runtime.NODEJS22_X;
    }
    throw new ProjectException("Expected index.js, index.mjs or index.py in " + code);
  }

  /// The variables that every function of an API gets.
  static Map<String, String> variables(String env, String region, ApiHost.Served api) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ENV", env);
    variables.put("REGION", region);
    variables.put("API_GRAPHQLAPIIDOUTPUT", api.apiId());
    variables.put("API_GRAPHQLAPIENDPOINTOUTPUT", api.endpoint().toString());
    api.apiKey().ifPresent(key -> variables.put("API_GRAPHQLAPIKEYOUTPUT", key));
    Map<String, String> tables = new LinkedHashMap<>();
    api.tables()
        .forEach((model, table) -> {
          String upper = model.toUpperCase(Locale.ROOT);
          tables.put(upper + "TABLE", table);
          tables.put("API_" + upper + "TABLE_NAME", table);
        });
    tables.keySet().removeIf(name -> !name.matches("[A-Za-z]\\w+"));
    if (size(variables) + size(tables) <= LARGEST_VARIABLES) {
      variables.putAll(tables);
    }
    return variables;
  }

  private static int size(Map<String, String> variables) {
    return variables.entrySet().stream()
        .mapToInt(each -> Json.write(each.getKey()).length() + Json.write(each.getValue()).length())
        .sum();
  }

  private static byte[] zipped(Path code) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Path file : Folders.files(code)) {
        zip.putNextEntry(new ZipEntry(code.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
