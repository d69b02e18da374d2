@NullMarked
package dev.polder.scheduler.expression;

import org.jspecify.annotations.NullMarked;
