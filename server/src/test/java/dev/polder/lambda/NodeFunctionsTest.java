package dev.polder.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;

/// Handlers in Node.js.
final class NodeFunctionsTest extends ProcessFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index.js  | exports.handler = async (e) => ({ n: e.n + 1 });",
        "index.js  | exports.handler = (e, c, done) => setTimeout(() => done(null, { n: e.n + 1 }), 5);",
        "index.js  | exports.handler = (e, c) => c.succeed({ n: e.n + 1 });",
        "index.js  | module.exports.handler = (e) => Promise.resolve({ n: e.n + 1 });",
        "index.cjs | exports.handler = async (e) => ({ n: e.n + 1 });",
        "index.mjs | const one = await Promise.resolve(1); export const handler = async (e) => ({ n: e.n + one });",
      })
  void nodeHandlersOfEveryShapeRun(String file, String source) {
    node(file, source);
    assertThat(answer("{\"n\":1}")).isEqualTo("{\"n\":2}");
    assertThat(answer("{\"n\":2}")).isEqualTo("{\"n\":3}");
  }

  @Test
  void aPackageMayBeAModuleAndTheHandlerInAFolder() {
    need("node");
    create(
        "nodejs22.x",
        "src/app.nested.handler",
        Map.of(
            "package.json", "{\"type\":\"module\"}",
            "src/lib.js", "export default 41;",
            "src/app.js",
                "import n from './lib.js'; export const nested = { handler: async () => n + 1 };"),
        _ -> {});
    assertThat(answer("{}")).isEqualTo("42");
  }

  @Test
  void aNodeHandlerSeesTheContextAndEnvironmentOfLambda() {
    need("node");
    String source =
        """
        exports.handler = async (event, context) => {
          const left = context.getRemainingTimeInMillis();
          return [event, context.functionName, context.functionVersion, context.memoryLimitInMB,
            context.logGroupName, context.invokedFunctionArn, context.clientContext.custom.a,
            context.awsRequestId.length, left > 0 && left <= 10000, process.cwd() === process.env.LAMBDA_TASK_ROOT,
            process.env.GREETING, process.env.AWS_REGION, process.env.AWS_EXECUTION_ENV, process.env._HANDLER,
            process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.TZ, process.env.HOME, process.env._X_AMZN_TRACE_ID.slice(0, 7)];
        };
        """;
    create(
        "nodejs20.x",
        "index.handler",
        Map.of("index.js", source),
        b -> b.environment(e -> e.variables(Map.of("GREETING", "hé"))));
    String context =
        Base64.getEncoder().encodeToString("{\"custom\":{\"a\":\"ü\"}}".getBytes(UTF_8));
    var response =
        lambda.invoke(b ->
            b.functionName("f:$LATEST")
                .clientContext(context)
                .payload(SdkBytes.fromUtf8String("{\"k\":\"é\"}")));
    assertThat(response.payload().asUtf8String())
        .isEqualTo(
            "[{\"k\":\"é\"},\"f\",\"$LATEST\",\"256\",\"/aws/lambda/f\","
                + "\"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST\",\"ü\",36,true,true,"
                + "\"hé\",\"us-east-1\",\"AWS_Lambda_nodejs20.x\",\"index.handler\",\"f\",\":UTC\","
                + "null,\"Root=1-\"]");
  }

  @Test
  void whatANodeHandlerThrowsIsReportedAsTheRuntimeDoes() {
    node(
        "index.js",
        """
        exports.handler = async (event) => {
          switch (event) {
            case 'error': throw new TypeError('no');
            case 'text': throw 'a text';
            case 'later': setTimeout(() => { throw new RangeError('later'); }, 1); return new Promise(() => {});
            case 'rejected': Promise.reject(new Error('nobody cares')); return new Promise((r) => setTimeout(r, 100));
            case 'cycle': { const a = {}; a.a = a; return a; }
            default: return 1;
          }
        };
        """);
    assertThat(error("\"error\""))
        .containsEntry("errorType", "TypeError")
        .containsEntry("errorMessage", "no")
        .hasEntrySatisfying(
            "trace", trace -> assertThat(trace.toString()).startsWith("[TypeError: no,     at "));
    assertThat(error("\"text\""))
        .isEqualTo(Map.of("errorType", "string", "errorMessage", "a text", "trace", List.of()));
    assertThat(error("\"later\"")).containsEntry("errorType", "RangeError");
    assertThat(answer("1")).isEqualTo("1");
    assertThat(error("\"rejected\""))
        .containsEntry("errorType", "Runtime.UnhandledPromiseRejection")
        .containsEntry("errorMessage", "Error: nobody cares");
    assertThat(answer("1")).isEqualTo("1");
    assertThat(error("\"cycle\""))
        .containsEntry("errorMessage", "Unable to stringify response body");
  }

  @Test
  void aCallbackWaitsForWhatStillRunsUnlessToldNotTo() {
    node(
        "index.js",
        """
        let late = 0;
        exports.handler = (event, context, callback) => {
          if (event === 'none') return 'ignored';
          if (event === 'late') { callback(null, late); return; }
          context.callbackWaitsForEmptyEventLoop = event === 'wait';
          const result = { late };
          setTimeout(() => { late++; result.late = late; }, 60);
          callback(null, result);
        };
        """);
    assertThat(answer("\"wait\"")).isEqualTo("{\"late\":1}");
    assertThat(answer("\"go\"")).isEqualTo("{\"late\":1}");
    assertThat(answer("\"none\"")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exports.other = 1;       | Runtime.HandlerNotFound     | index.handler is undefined or not exported",
        "exports.handler = 1;     | Runtime.HandlerNotFound     | index.handler is not a function",
        "require('./absent');     | Runtime.ImportModuleError   | Error: Cannot find module './absent'",
        "exports.handler = (;     | Runtime.UserCodeSyntaxError | SyntaxError: Unexpected token ';'",
        "throw new Error('init'); | Error                       | init",
        "exports.handler = awslambda.streamifyResponse(async () => 1); | Runtime.StreamingNotSupported | not supported by Polder",
        "process.exit(3);         | Runtime.ExitError           | exit status 3",
      })
  void whatCannotBeLoadedFailsEachCall(String source, String type, String message) {
    node("index.js", source);
    for (int i = 0; i < 2; i++) {
      Map<String, Object> error = error("{}");
      assertThat(error).containsEntry("errorType", type);
      assertThat(error.get("errorMessage").toString()).contains(message);
    }
  }

  @Test
  void whatTheRuntimeProvidesIsFoundByRequireAndImport() throws Exception {
    Path sdk = directory.resolve("modules/nodejs-sdk-3/node_modules/@aws-sdk/client-x");
    Files.createDirectories(sdk);
    Files.writeString(sdk.resolve("package.json"), "{\"main\":\"index.js\"}");
    Files.writeString(sdk.resolve("index.js"), "exports.x = 'provided';");
    node(
        "index.mjs",
        "import { x } from '@aws-sdk/client-x'; export const handler = async () => x;");
    assertThat(answer("{}")).isEqualTo("\"provided\"");
    lambda.deleteFunction(b -> b.functionName("f"));
    node(
        "index.js", "const { x } = require('@aws-sdk/client-x'); exports.handler = async () => x;");
    assertThat(answer("{}")).isEqualTo("\"provided\"");
    lambda.deleteFunction(b -> b.functionName("f"));
    node("index.js", "require('@aws-sdk/client-absent');");
    assertThat(error("{}"))
        .containsEntry("errorType", "Runtime.ImportModuleError")
        .hasEntrySatisfying(
            "errorMessage",
            m ->
                assertThat(m.toString())
                    .startsWith("Error: Cannot find module '@aws-sdk/client-absent'")
                    .contains("polder runtimes install nodejs20.x"));
  }

  @Test
  void layersHoldModulesForNode() {
    need("node");
    String below = layer("nodejs/node_modules/m/index.js", "module.exports = 'below';");
    String above = layer("nodejs/node_modules/m/index.js", "module.exports = 'above';");
    assertThat(above).isEqualTo("arn:aws:lambda:us-east-1:000000000000:layer:shared:2");
    create(
        "nodejs20.x",
        "index.handler",
        Map.of("index.js", "const m = require('m'); exports.handler = async () => m;"),
        b -> b.layers(below, above));
    assertThat(answer("{}")).isEqualTo("\"above\"");
    assertThat(lambda.listLayers().layers())
        .singleElement()
        .satisfies(each -> assertThat(each.latestMatchingVersion().version()).isEqualTo(2));
    assertThat(lambda.listLayerVersions(b -> b.layerName("shared")).layerVersions()).hasSize(2);
    lambda.updateFunctionConfiguration(b -> b.functionName("f").layers(below));
    lambda.deleteLayerVersion(b -> b.layerName("shared").versionNumber(1L));
    assertThat(answer("{}")).isEqualTo("\"below\"");
    assertThat(lambda.getFunctionConfiguration(b -> b.functionName("f")).layers())
        .singleElement()
        .satisfies(each -> assertThat(each.arn()).isEqualTo(below));
    assertThat(layer("a", "")).endsWith(":3");
  }
}
