package dev.polder.gateway;

import dev.polder.kernel.Permissions;
import dev.polder.kernel.Scope;

/// What the gateway knows about a request beside what it says itself.
///
/// @param requestId to be answered in the protocol's request id header
/// @param scope the account and region it belongs to
/// @param permissions what its caller may do
public record Call(String requestId, Scope scope, Permissions permissions) {}
