// Resolves Mutation.deletePostAndComments: deletes a post and the comments on it.
const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  paginateQuery,
} = require("@aws-sdk/lib-dynamodb");

const { COMMENTTABLE, POSTTABLE } = process.env;
const BATCH = 25; // writes that one BatchWriteItem takes

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const resolvers = {
  Mutation: {
    deletePostAndComments: ({ arguments: { postId } }) => deletePostAndComments(postId),
  },
};

exports.handler = async (event) => {
  const resolver = (resolvers[event.typeName] || {})[event.fieldName];
  if (!resolver) {
    throw new Error(`No resolver for ${event.typeName}.${event.fieldName}`);
  }
  return resolver(event);
};

async function deletePostAndComments(postId) {
  const deletions = (await commentsOn(postId)).map(({ id }) => ({ DeleteRequest: { Key: { id } } }));
  const batches = [];
  for (let at = 0; at < deletions.length; at += BATCH) {
    batches.push(deletions.slice(at, at + BATCH));
  }
  await Promise.all(batches.map(write));
  // The post goes last: until then a failure can be repeated with the same id.
  const { Attributes } = await tables.send(
    new DeleteCommand({ TableName: POSTTABLE, Key: { id: postId }, ReturnValues: "ALL_OLD" }),
  );
  if (!Attributes) {
    throw new Error(`There is no post ${postId}`);
  }
  return { id: Attributes.id };
}

async function commentsOn(postId) {
  const comments = [];
  const pages = paginateQuery(
    { client: tables },
    {
      TableName: COMMENTTABLE,
      IndexName: "byPost",
      KeyConditionExpression: "postID = :post",
      ExpressionAttributeValues: { ":post": postId },
      ProjectionExpression: "id",
    },
  );
  for await (const page of pages) {
    comments.push(...page.Items);
  }
  return comments;
}

async function write(batch) {
  let open = { [COMMENTTABLE]: batch };
  while (Object.keys(open).length > 0) {
    const { UnprocessedItems } = await tables.send(new BatchWriteCommand({ RequestItems: open }));
    open = UnprocessedItems || {};
  }
}
