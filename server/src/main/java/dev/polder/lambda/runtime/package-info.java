/// Runs functions: Java's inside this process, others in processes beside it.
///
/// An [ExecutionEnvironment] is what it is at AWS: one initialised copy of a function that serves
/// one invocation at a time. [Environments] keeps the idle ones for the next call.
///
/// A [JavaEnvironment] is a class loader over the function's jars and AWS's own runtime interface
/// client, so that handlers are found, called and (de)serialised exactly as there. Isolated per
/// environment: classes and their statics, environment variables, system properties, standard
/// output and error, `System.exit`, and the clock. Shared with the server: memory, processor time,
/// open files and `java.util.logging`.
///
/// A [ProcessEnvironment] is a process that asks for its invocations over the Lambda runtime API: a
/// custom runtime's own `bootstrap`, or a handler in Node.js or Python under a program of ours
/// (`index.mjs`, `bootstrap.py`).
@NullMarked
package dev.polder.lambda.runtime;

import org.jspecify.annotations.NullMarked;
