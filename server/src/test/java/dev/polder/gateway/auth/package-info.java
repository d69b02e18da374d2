@NullMarked
package dev.polder.gateway.auth;

import org.jspecify.annotations.NullMarked;
