@NullMarked
package dev.polder.iam.policy;

import org.jspecify.annotations.NullMarked;
