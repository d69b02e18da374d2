@NullMarked
package dev.polder.scheduler;

import org.jspecify.annotations.NullMarked;
