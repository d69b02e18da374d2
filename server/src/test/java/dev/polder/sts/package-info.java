@NullMarked
package dev.polder.sts;

import org.jspecify.annotations.NullMarked;
