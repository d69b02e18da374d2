/// The words that every part of Polder uses: names, JSON, identifiers, events and time.
///
/// Nothing here knows HTTP, an AWS SDK type, a file layout or an engine.
@NullMarked
package dev.polder.kernel;

import org.jspecify.annotations.NullMarked;
