@NullMarked
package dev.polder.appsync.auth;

import org.jspecify.annotations.NullMarked;
