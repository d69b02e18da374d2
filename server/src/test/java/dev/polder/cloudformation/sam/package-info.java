@NullMarked
package dev.polder.cloudformation.sam;

import org.jspecify.annotations.NullMarked;
