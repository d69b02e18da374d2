/// What the transforms of both generations and the checks share of schemas: references to types,
/// arguments of directives, AppSync's scalars and how they are compared.
@NullMarked
package dev.polder.appsync.transform.ast;

import org.jspecify.annotations.NullMarked;
