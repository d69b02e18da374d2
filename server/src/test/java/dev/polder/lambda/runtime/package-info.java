@NullMarked
package dev.polder.lambda.runtime;

import org.jspecify.annotations.NullMarked;
