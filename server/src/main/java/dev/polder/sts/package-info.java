/// AWS Security Token Service: who am I, and temporary credentials.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
@NullMarked
package dev.polder.sts;

import org.jspecify.annotations.NullMarked;
