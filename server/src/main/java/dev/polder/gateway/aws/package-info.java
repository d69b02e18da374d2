/// The protocols of AWS, between a matched request and the SDK's types: AWS JSON, REST-JSON and
/// Query.
@NullMarked
package dev.polder.gateway.aws;

import org.jspecify.annotations.NullMarked;
