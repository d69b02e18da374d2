package dev.polder.appsync;

import dev.polder.appsync.run.GraphqlApi;

/// A stored API that answers.
///
/// @param executable what runs its requests
/// @param subscriptions what its subscribers get
record Serving(StoredApi stored, GraphqlApi executable, Subscriptions subscriptions) {}
