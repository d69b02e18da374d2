package dev.polder.stepfunctions.asl;

import dev.polder.stepfunctions.expression.Expression;
import dev.polder.stepfunctions.expression.JsonType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads Map states.
final class MapParser {
  private static final Set<String> PROCESSOR =
      Set.of("ProcessorConfig", "StartAt", "States", "Comment");
  private static final Set<String> READER =
      Set.of(
          "InputType",
          "CSVHeaderLocation",
          "CSVHeaders",
          "CSVDelimiter",
          "MaxItems",
          "MaxItemsPath",
          "ItemsPointer",
          "ManifestType",
          "Transformation");
  private static final double ANY = Double.NEGATIVE_INFINITY;
  private static final double MOST_ITEMS = 100_000_000;

  private final Scope scope;
  private final FlowParser flows;
  private final GraphParser graphs;
  private final QuantityParser numbers;

  MapParser(Scope scope, FlowParser flows, GraphParser graphs) {
    this.scope = scope;
    this.flows = flows;
    this.graphs = graphs;
    this.numbers = new QuantityParser(scope);
  }

  State.MapState parse(Fields state, State.Header header, Transition transition) {
    state.refuseBoth("ItemProcessor", "Iterator");
    state.refuseBoth("ItemSelector", "Parameters");
    String processor = state.has("Iterator") ? "Iterator" : "ItemProcessor";
    state.require(processor);
    var handling = new ErrorHandlingParser(scope, flows);
    return new State.MapState(
        header,
        flow(state),
        items(state, isDistributed(state.object(processor))),
        itemsPath(state),
        state.has("ItemReader") ? reader(state.object("ItemReader")) : null,
        selector(state),
        state.has("ItemBatcher") ? batcher(state.object("ItemBatcher")) : null,
        processor(state.object(processor), state.has(processor)),
        state.has("ResultWriter") ? writer(state.object("ResultWriter")) : null,
        numbers.parse(state, "MaxConcurrency", "", ANY, Integer.MAX_VALUE),
        numbers.parse(state, "ToleratedFailureCount", "", 0, Integer.MAX_VALUE),
        numbers.parse(state, "ToleratedFailurePercentage", "", 0, 100),
        Labels.check(state),
        handling.retriers(state),
        handling.catchers(state),
        transition);
  }

  /// `Parameters` of a Map state are per item.
  private DataFlow flow(Fields state) {
    return switch (flows.state(state)) {
      case JsonataFlow flow -> flow;
      case JsonPathFlow flow ->
          new JsonPathFlow(
              flow.inputPath(),
              null,
              flow.resultSelector(),
              flow.resultPath(),
              flow.outputPath(),
              flow.assign());
    };
  }

  private static boolean isDistributed(Fields processor) {
    return processor.value("ProcessorConfig") instanceof Map<?, ?> config
        && "DISTRIBUTED".equals(config.get("Mode"));
  }

  private @Nullable Expression items(Fields state, boolean distributed) {
    if (!scope.isJsonata()) {
      return state.has("ItemsPath") ? flows.referencePath(state, "ItemsPath") : null;
    }
    if (!state.has("Items")) {
      return null;
    }
    Object written = state.value("Items");
    boolean expression = written instanceof String text && text.startsWith("{%");
    boolean object = distributed && written instanceof Map;
    if (!expression && !object && !(written instanceof List)) {
      scope.findings().schema("Expected value of type Array or JSONata", state.at("Items"));
    }
    return distributed
        ? scope.templates().jsonata(written, "Items", state.at("Items"))
        : scope.templates().jsonata(written, "Items", state.at("Items"), JsonType.ARRAY);
  }

  /// The path without the dollar sign that leads to the context object: so it is quoted (recorded).
  private static String itemsPath(Fields state) {
    String path = state.value("ItemsPath") instanceof String text ? text : "$";
    return path.startsWith("$$") ? path.substring(1) : path;
  }

  private @Nullable Expression selector(Fields state) {
    if (scope.isJsonata()) {
      return flows.jsonata(state, "ItemSelector", "");
    }
    return flows.payload(state, state.has("ItemSelector") ? "ItemSelector" : "Parameters");
  }

  private @Nullable Expression arguments(Fields fields, String field) {
    String other = scope.isJsonata() ? "Parameters" : "Arguments";
    if (fields.has(other)) {
      QueryLanguage needed = scope.isJsonata() ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
      scope
          .findings()
          .schema(StateType.misplaced(other, scope.language(), needed), fields.location());
    }
    return scope.isJsonata()
        ? flows.jsonata(fields, "Arguments", field + "/")
        : flows.payload(fields, "Parameters");
  }

  private @Nullable ItemReader reader(Fields reader) {
    reader.refuseOthers(Set.of("Resource", "Parameters", "Arguments", "ReaderConfig"));
    reader.require("Resource");
    Resource resource = ResourceParser.parse(reader);
    Expression arguments = arguments(reader, "ItemReader");
    ItemReader.Config config = config(reader.object("ReaderConfig"));
    return resource == null ? null : new ItemReader(resource, arguments, config);
  }

  private ItemReader.Config config(Fields config) {
    config.refuseOthers(READER);
    ItemReader.CsvDelimiter delimiter =
        choice(config, "CSVDelimiter", ItemReader.CsvDelimiter.values());
    String transformation = config.word("Transformation", Set.of("NONE", "LOAD_AND_FLATTEN"));
    return new ItemReader.Config(
        choice(config, "InputType", ItemReader.InputType.values()),
        choice(config, "CSVHeaderLocation", ItemReader.HeaderLocation.values()),
        config.texts("CSVHeaders"),
        delimiter == null ? ItemReader.CsvDelimiter.COMMA : delimiter,
        numbers.parse(config, "MaxItems", "ItemReader/ReaderConfig/", 0, MOST_ITEMS),
        config.text("ItemsPointer"),
        config.word("ManifestType", Set.of("S3_INVENTORY", "ATHENA_DATA")),
        transformation == null ? "NONE" : transformation);
  }

  private ItemBatcher batcher(Fields batcher) {
    batcher.refuseOthers(
        Set.of(
            "MaxItemsPerBatch",
            "MaxItemsPerBatchPath",
            "MaxInputBytesPerBatch",
            "MaxInputBytesPerBatchPath",
            "BatchInput"));
    return new ItemBatcher(
        numbers.parse(batcher, "MaxItemsPerBatch", "ItemBatcher/", 1, MOST_ITEMS),
        numbers.parse(batcher, "MaxInputBytesPerBatch", "ItemBatcher/", 1, 262_144),
        scope.isJsonata()
            ? flows.jsonata(batcher, "BatchInput", "ItemBatcher/")
            : flows.payload(batcher, "BatchInput"));
  }

  private ResultWriter writer(Fields writer) {
    writer.refuseOthers(Set.of("Resource", "Parameters", "Arguments", "WriterConfig"));
    Fields config = writer.object("WriterConfig");
    config.refuseOthers(Set.of("Transformation", "OutputType"));
    ResultWriter.Transformation transformation =
        choice(config, "Transformation", ResultWriter.Transformation.values());
    ResultWriter.OutputType type = choice(config, "OutputType", ResultWriter.OutputType.values());
    return new ResultWriter(
        writer.has("Resource") ? ResourceParser.parse(writer) : null,
        arguments(writer, "ResultWriter"),
        transformation == null ? ResultWriter.Transformation.NONE : transformation,
        type == null ? ResultWriter.OutputType.JSON : type);
  }

  private ItemProcessor processor(Fields processor, boolean given) {
    if (!given) {
      return new ItemProcessor(
          ItemProcessor.Mode.INLINE,
          ItemProcessor.ExecutionType.STANDARD,
          new StateGraph("", Map.of()));
    }
    processor.refuseOthers(PROCESSOR);
    Fields config = processor.object("ProcessorConfig");
    ItemProcessor.Mode mode = choice(config, "Mode", ItemProcessor.Mode.values());
    boolean distributed = mode == ItemProcessor.Mode.DISTRIBUTED;
    if (distributed) {
      config.require("ExecutionType");
    }
    ItemProcessor.ExecutionType type =
        choice(config, "ExecutionType", ItemProcessor.ExecutionType.values());
    return new ItemProcessor(
        mode == null ? ItemProcessor.Mode.INLINE : mode,
        type == null ? ItemProcessor.ExecutionType.STANDARD : type,
        distributed && type != null ? graphs.parse(processor, type) : graphs.parse(processor));
  }

  private static <E extends Enum<E>> @Nullable E choice(Fields fields, String name, E[] constants) {
    Set<String> names = Set.copyOf(List.of(constants).stream().map(Enum::name).toList());
    String word = fields.word(name, names);
    Function<E, Boolean> matches = constant -> constant.name().equals(word);
    for (E constant : constants) {
      if (matches.apply(constant)) {
        return constant;
      }
    }
    return null;
  }
}
