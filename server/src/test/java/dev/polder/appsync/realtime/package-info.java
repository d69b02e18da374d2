@NullMarked
package dev.polder.appsync.realtime;

import org.jspecify.annotations.NullMarked;
