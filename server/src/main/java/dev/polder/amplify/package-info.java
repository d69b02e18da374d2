/// Amplify project folders as people have them: an API as an annotated schema, functions as source
/// with a CloudFormation template, and the parameters that connect them. Read here, and brought to
/// the services of this process as `amplify push` brings them to the real ones.
@NullMarked
package dev.polder.amplify;

import org.jspecify.annotations.NullMarked;
