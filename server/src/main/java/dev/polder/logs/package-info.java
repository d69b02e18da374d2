/// CloudWatch Logs: groups, streams and events, kept in the store as long as the group's retention
/// says. What is put is on disk before it is answered.
@NullMarked
package dev.polder.logs;

import org.jspecify.annotations.NullMarked;
