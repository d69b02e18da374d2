package dev.polder.appsync;

import dev.polder.appsync.auth.Authorization;
import dev.polder.appsync.run.GraphqlApi;

/// A stored API that answers.
///
/// @param rules what its callers may do
/// @param executable what runs their requests
/// @param subscriptions what its subscribers get
record Serving(
    StoredApi stored, Authorization rules, GraphqlApi executable, Subscriptions subscriptions) {}
