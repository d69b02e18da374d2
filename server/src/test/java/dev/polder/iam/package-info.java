@NullMarked
package dev.polder.iam;

import org.jspecify.annotations.NullMarked;
