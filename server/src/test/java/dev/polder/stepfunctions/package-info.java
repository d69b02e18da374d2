@NullMarked
package dev.polder.stepfunctions;

import org.jspecify.annotations.NullMarked;
