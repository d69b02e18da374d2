@NullMarked
package dev.polder.appsync.transform.check;

import org.jspecify.annotations.NullMarked;
