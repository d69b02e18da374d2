@NullMarked
package dev.polder.cloudformation;

import org.jspecify.annotations.NullMarked;
