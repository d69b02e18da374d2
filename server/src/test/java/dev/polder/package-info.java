@NullMarked
package dev.polder;

import org.jspecify.annotations.NullMarked;
