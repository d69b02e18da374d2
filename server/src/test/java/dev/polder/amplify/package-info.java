/// Project folders.
@NullMarked
package dev.polder.amplify;

import org.jspecify.annotations.NullMarked;
