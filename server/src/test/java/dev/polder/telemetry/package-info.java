@NullMarked
package dev.polder.telemetry;

import org.jspecify.annotations.NullMarked;
