@NullMarked
package dev.polder.athena;

import org.jspecify.annotations.NullMarked;
