package dev.polder.stepfunctions;

import org.jspecify.annotations.Nullable;

/// What an execution is to run: a machine's revision, and how it was reached.
record Target(
    StateMachine machine,
    StateMachine.Revision revision,
    @Nullable String versionArn,
    @Nullable String aliasArn) {}
