@NullMarked
package dev.polder.gateway.http;

import org.jspecify.annotations.NullMarked;
