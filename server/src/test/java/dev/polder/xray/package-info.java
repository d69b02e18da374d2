@NullMarked
package dev.polder.xray;

import org.jspecify.annotations.NullMarked;
