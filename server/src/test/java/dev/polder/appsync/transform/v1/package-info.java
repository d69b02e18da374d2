@NullMarked
package dev.polder.appsync.transform.v1;

import org.jspecify.annotations.NullMarked;
