/// The serverless transform (`AWS::Serverless-2016-10-31`) as a pure engine: functions, state
/// machines and their schedules become the plain resources that AWS's own transform makes of them,
/// under the same logical ids.
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
@NullMarked
package dev.polder.cloudformation.sam;

import org.jspecify.annotations.NullMarked;
