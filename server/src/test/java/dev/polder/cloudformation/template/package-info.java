@NullMarked
package dev.polder.cloudformation.template;

import org.jspecify.annotations.NullMarked;
