@NullMarked
package dev.polder.lambda;

import org.jspecify.annotations.NullMarked;
