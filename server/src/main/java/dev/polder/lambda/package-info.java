/// AWS Lambda: functions, their versions and aliases, and their invocation.
///
/// Functions run inside this process or in processes beside it, see [dev.polder.lambda.runtime].
/// Code is kept in `<data>/lambda/code`, one folder per content hash; what functions print goes to
/// `<data>/lambda/logs/<account>/<region>/<function>.log`; all else is in the store.
///
/// Not supported and refused by name: container images, VPCs, file systems, dead-letter queues,
/// weighted aliases, customer-managed keys and code signing. Resource policies are kept and
/// answered, and not enforced.
///
/// Where is what:
/// - requests: [LocalLambda] leads to [Functions], [Versions], [Permissions], [Invocations],
///   [EventSourceMappings] and [Layers]; [Catalogue], [CodeStore] and [MappingStore] keep what is
///   made
/// - calls: [Invoker] runs one, [AsyncInvocations] those that nobody waits for
/// - streams: [StreamWorkers] has a [StreamWorker] for each mapping, which reads by a
///   [StreamReader]
@NullMarked
package dev.polder.lambda;

import org.jspecify.annotations.NullMarked;
