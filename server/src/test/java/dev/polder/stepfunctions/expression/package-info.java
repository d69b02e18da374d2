@NullMarked
package dev.polder.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
