/// Filter patterns: what they mean, without anything around them
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
@NullMarked
package dev.polder.logs.pattern;

import org.jspecify.annotations.NullMarked;
