/// The language of IAM's policies, and what a set of them says about an action. Plain Java.
@NullMarked
package dev.polder.iam.policy;

import org.jspecify.annotations.NullMarked;
