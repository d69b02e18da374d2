/// Runs Java functions inside this process.
///
/// An [ExecutionEnvironment] is what it is at AWS: one initialised copy of a function that serves
/// one invocation at a time. Here it is a class loader over the function's jars and AWS's own
/// runtime interface client, so that handlers are found, called and (de)serialised exactly as
/// there. [Environments] keeps the idle ones for the next call.
///
/// Isolated per environment: classes and their statics, environment variables, system properties,
/// standard output and error, `System.exit`, and the clock. Shared with the server: memory,
/// processor time, open files and `java.util.logging`.
@NullMarked
package dev.polder.lambda.runtime;

import org.jspecify.annotations.NullMarked;
