/// Between bytes on the wire and the SDK's request and response types, in both directions, from the
/// field metadata that the SDK's classes carry. Knows the data formats (JSON, XML, form parameters)
/// and no service.
@NullMarked
package dev.polder.gateway.codec;

import org.jspecify.annotations.NullMarked;
