/// The function of the blog, as deployed to AWS Lambda (runtime java21) or to Polder.
@NullMarked
package dev.polder.examples.blog;

import org.jspecify.annotations.NullMarked;
