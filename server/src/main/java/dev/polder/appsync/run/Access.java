package dev.polder.appsync.run;

import dev.polder.appsync.api.AuthRule.Operation;
import dev.polder.appsync.api.FieldName;
import dev.polder.appsync.api.Model;
import dev.polder.appsync.api.TableKey;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a caller may do with an API. Every method that refuses throws [FieldException], made by
/// [FieldException#notAuthorized] or [FieldException#unauthorized].
public interface Access {

  /// Lets everybody do everything.
  Access ALL = new Access() {};

  /// Asked before any field of an object type is read, resolver or not, where [#guards] says so.
  ///
  /// @param source what the field is a member of; empty for a field of a root type
  default void field(Request request, FieldName field, Map<String, @Nullable Object> source) {}

  /// Whether [#field] has anything to say about a field. Asked once when an API is built.
  default boolean guards(FieldName field) {
    return false;
  }

  /// What is shown of a member of an object, once [#field] has let the caller read it. Asked where
  /// [#guards] says so.
  ///
  /// @param mutation the one whose answer the object is, which subscribers get to see; null for
  ///   every other object
  default @Nullable Object shown(
      FieldName field, @Nullable FieldName mutation, @Nullable Object value) {
    return value;
  }

  /// Whether a field is withheld from the answer of a mutation, which subscribers get to see. Asked
  /// for connections, and where [#guards] says so.
  default boolean redacts(FieldName field) {
    return false;
  }

  /// Before an object is created.
  ///
  /// @return what to store: the input, with the owner filled in where a rule says so
  default Map<String, @Nullable Object> create(
      Request request, Model model, Map<String, @Nullable Object> input) {
    return input;
  }

  /// Whether [#update] or [#delete] must see the stored object, which costs a read.
  default boolean readsFirst(Request request, Model model, Operation operation) {
    return false;
  }

  /// Before an object is changed.
  ///
  /// @param stored by attribute; null if it was not read, or is not there
  /// @return what to write: the input, with an owner filled in where a rule says so
  default Map<String, @Nullable Object> update(
      Request request,
      Model model,
      Map<String, @Nullable Object> input,
      @Nullable Map<String, @Nullable Object> stored) {
    return input;
  }

  /// Before an object is deleted.
  ///
  /// @param stored by attribute; null if it was not read, or is not there
  default void delete(
      Request request, Model model, @Nullable Map<String, @Nullable Object> stored) {}

  /// What a caller sees of what a query reads.
  ///
  /// @param filter in the form of the model's filter input; null for all of it
  /// @param arguments those of the query, with a condition added where a rule says so
  record Sight(
      @Nullable Map<String, @Nullable Object> filter, Map<String, @Nullable Object> arguments) {
    /// Nothing at all.
    public static final Sight NOTHING = new Sight(null, Map.of());
  }

  /// Before objects are read by a query field with the key among its arguments.
  ///
  /// @param key of the table or index that is read
  default Sight sight(
      Request request,
      Model model,
      Operation operation,
      TableKey key,
      Map<String, @Nullable Object> arguments) {
    return new Sight(read(request, model, operation), arguments);
  }

  /// True if the caller may see every object of a model, so that nothing is to be filtered.
  default boolean seesAll(Request request, Model model) {
    return read(request, model, Operation.GET) == null;
  }

  /// Before the objects of a connection are read.
  ///
  /// @param key of the table or index that is read
  /// @param arguments of the field, with the fields of the key that the parent gives
  default Sight related(
      Request request,
      Model model,
      Operation operation,
      TableKey key,
      Map<String, @Nullable Object> arguments) {
    return new Sight(read(request, model, operation), arguments);
  }

  /// Before objects are read by `GET`, `LIST` or `SYNC`.
  ///
  /// @return what of them the caller may see, in the form of the model's filter input, such as
  ///   `{or: [{owner: {eq: "ann"}}]}`; null for all of them
  default @Nullable Map<String, @Nullable Object> read(
      Request request, Model model, Operation operation) {
    return null;
  }

  /// Before an object is changed or deleted, where rules are checked together with the write.
  ///
  /// @param operation `UPDATE` or `DELETE`
  /// @return what must hold of the stored object, in the form of a condition input; null for
  ///   nothing
  default @Nullable Map<String, @Nullable Object> condition(
      Request request, Model model, Operation operation, Map<String, @Nullable Object> input) {
    return null;
  }

  /// Before objects are read, where rules are checked object by object afterwards.
  ///
  /// @param operation `GET` or `LIST` for the model's own queries; `SYNC` for queries of indexes
  /// @return whether the caller may see an object; null if it may see all of them
  default @Nullable Predicate<Map<String, @Nullable Object>> judge(
      Request request, Model model, Operation operation) {
    return null;
  }

  /// The same before the objects of a connection are read.
  ///
  /// @param field the connection
  /// @param model what it leads to
  default @Nullable Predicate<Map<String, @Nullable Object>> judgeRelated(
      Request request, FieldName field, Model model) {
    return judge(request, model, Operation.SYNC);
  }
}
