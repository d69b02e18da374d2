/// Polder: AWS-style serverless systems in one Java process.
@NullMarked
package dev.polder;

import org.jspecify.annotations.NullMarked;
