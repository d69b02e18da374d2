/// The operations, REST bindings and error codes of every service whose SDK module is on the class
/// path, from a table that the build extracts from the SDK's jars.
@NullMarked
package dev.polder.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
