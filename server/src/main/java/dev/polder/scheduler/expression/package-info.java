/// When a schedule is due: `at`, `rate` and `cron` expressions in a time zone. Pure: no clock, no
/// I/O.
///
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
@NullMarked
package dev.polder.scheduler.expression;

import org.jspecify.annotations.NullMarked;
