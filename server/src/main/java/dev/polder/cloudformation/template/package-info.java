/// CloudFormation's template language, as a pure engine: reading JSON and YAML, parameters,
/// conditions, mappings, intrinsic functions, and the order in which resources depend on each
/// other. Knows no resource type and does no I/O.
///
/// Refused by name: macros other than the serverless transform, dynamic references
/// (`{{resolve:…}}`), `Rules`, `Hooks`, `Fn::Cidr`, `Fn::Transform` and the language extensions.
@NullMarked
package dev.polder.cloudformation.template;

import org.jspecify.annotations.NullMarked;
