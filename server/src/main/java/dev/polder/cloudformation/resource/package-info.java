/// The resource types that templates can have: for each, its properties, and how one is made,
/// changed and removed through the SDK client interface of its service.
///
/// A new type is one class here and one line in [dev.polder.cloudformation.resource.ResourceTypes].
@NullMarked
package dev.polder.cloudformation.resource;

import org.jspecify.annotations.NullMarked;
