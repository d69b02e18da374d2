@NullMarked
package dev.polder.athena.sql;

import org.jspecify.annotations.NullMarked;
