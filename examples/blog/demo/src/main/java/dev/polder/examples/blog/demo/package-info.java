/// What `./polder demo blog` does once the blog is served: fill it, delete a post with its comments
/// by one mutation, and show where the time went.
@NullMarked
package dev.polder.examples.blog.demo;

import org.jspecify.annotations.NullMarked;
