@NullMarked
package dev.polder.gateway.aws;

import org.jspecify.annotations.NullMarked;
