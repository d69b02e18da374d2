/// The SDK's shapes by the names of their members, its lists of tags, and its exceptions by what
/// all have, for what services say alike in types that the SDK does not relate.
@NullMarked
package dev.polder.shape;

import org.jspecify.annotations.NullMarked;
