/// The one configuration of the process: defaults, then a file, then the environment, then flags.
@NullMarked
package dev.polder.config;

import org.jspecify.annotations.NullMarked;
