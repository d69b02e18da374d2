/// Tests of what crawlers conclude from bytes and folders.
@NullMarked
package dev.polder.glue.crawler;

import org.jspecify.annotations.NullMarked;
