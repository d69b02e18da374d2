@NullMarked
package dev.polder.stepfunctions.asl;

import org.jspecify.annotations.NullMarked;
