/// AWS Lambda: functions, their versions and aliases, and their invocation.
///
/// Functions in Java run inside this process, see [dev.polder.lambda.runtime]. Code is kept in
/// `<data>/lambda/code`, one folder per content hash; what functions print goes to
/// `<data>/lambda/logs/<account>/<region>/<function>.log`; all else is in the store.
///
/// Not supported and refused by name: other runtimes than Java's, container images, layers, VPCs,
/// file systems, dead-letter queues, weighted aliases, customer-managed keys and code signing.
/// Resource policies are kept and answered, and not enforced.
@NullMarked
package dev.polder.lambda;

import org.jspecify.annotations.NullMarked;
