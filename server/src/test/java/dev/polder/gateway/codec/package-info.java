@NullMarked
package dev.polder.gateway.codec;

import org.jspecify.annotations.NullMarked;
