"""Resolves Mutation.deletePostAndComments: deletes a post and the comments on it."""

import os
from concurrent.futures import ThreadPoolExecutor

import boto3

POST_TABLE = os.environ["POSTTABLE"]
COMMENT_TABLE = os.environ["COMMENTTABLE"]
BATCH = 25  # writes that one BatchWriteItem takes

tables = boto3.client("dynamodb")


def handler(event, context):
    field = f"{event['typeName']}.{event['fieldName']}"
    if field != "Mutation.deletePostAndComments":
        raise ValueError(f"No resolver for {field}")
    return delete_post_and_comments(event["arguments"]["postId"])


def delete_post_and_comments(post_id):
    deletions = [{"DeleteRequest": {"Key": {"id": comment["id"]}}} for comment in comments_on(post_id)]
    batches = [deletions[at : at + BATCH] for at in range(0, len(deletions), BATCH)]
    with ThreadPoolExecutor(max_workers=8) as calls:
        list(calls.map(write, batches))
    # The post goes last: until then a failure can be repeated with the same id.
    deleted = tables.delete_item(
        TableName=POST_TABLE, Key={"id": {"S": post_id}}, ReturnValues="ALL_OLD"
    )
    if "Attributes" not in deleted:
        raise ValueError(f"There is no post {post_id}")
    return {"id": deleted["Attributes"]["id"]["S"]}


def comments_on(post_id):
    pages = tables.get_paginator("query").paginate(
        TableName=COMMENT_TABLE,
        IndexName="byPost",
        KeyConditionExpression="postID = :post",
        ExpressionAttributeValues={":post": {"S": post_id}},
        ProjectionExpression="id",
    )
    return [item for page in pages for item in page["Items"]]


def write(batch):
    unprocessed = {COMMENT_TABLE: batch}
    while unprocessed:
        unprocessed = tables.batch_write_item(RequestItems=unprocessed)["UnprocessedItems"]
