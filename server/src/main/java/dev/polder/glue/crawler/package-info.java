/// Finds tables in folders of files: what a file is and holds, which folders make one table, and
/// how the catalogue should describe it.
///
/// Pure: bytes come in through [Source], and what was found goes out as values. Sources of the
/// rules are the pages of the AWS Glue developer guide on crawlers and, where those are silent,
/// recorded catalogue entries.
@NullMarked
package dev.polder.glue.crawler;

import org.jspecify.annotations.NullMarked;
