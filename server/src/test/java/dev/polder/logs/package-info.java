@NullMarked
package dev.polder.logs;

import org.jspecify.annotations.NullMarked;
