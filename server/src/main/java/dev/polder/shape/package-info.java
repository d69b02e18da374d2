/// The SDK's shapes by the names of their members, for what services say alike in types that the
/// SDK does not relate.
@NullMarked
package dev.polder.shape;

import org.jspecify.annotations.NullMarked;
