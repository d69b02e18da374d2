package dev.polder.appsync;

import dev.polder.appsync.auth.ApiRules;
import dev.polder.appsync.run.GraphqlApi;

/// A stored API that answers.
///
/// @param rules what its callers may do
/// @param executable what runs their requests
/// @param subscriptions what its subscribers get
record Serving(
    StoredApi stored, ApiRules rules, GraphqlApi executable, Subscriptions subscriptions) {}
