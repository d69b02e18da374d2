// aws-amplify v6 against one API: subscribes with a filter, writes, reads nested lists, is denied.
// Arguments: URL, API key. Prints one JSON value a line.
import WebSocket from 'ws';
globalThis.WebSocket = WebSocket;
const { Amplify } = await import('aws-amplify');
const { generateClient } = await import('aws-amplify/api');

const [endpoint, apiKey] = process.argv.slice(2);
Amplify.configure({
  API: { GraphQL: { endpoint, region: 'us-east-1', defaultAuthMode: 'apiKey', apiKey } },
});
const client = generateClient();
const print = value => console.log(JSON.stringify(value));

const heard = [];
let opened;
const open = new Promise(resolve => { opened = resolve; });
const { Hub } = await import('aws-amplify/utils');
Hub.listen('api', ({ payload }) => {
  if (payload.data?.connectionState === 'Connected') opened();
});
const query = `subscription S($filter: ModelSubscriptionPostFilterInput) {
  onCreatePost(filter: $filter) { title stars blogPostsId }
}`;
const subscription = client.graphql({ query, variables: { filter: { stars: { ge: 2 } } } }).subscribe({
  next: message => heard.push(message.data.onCreatePost),
  error: error => { print({ error }); process.exit(1); },
});
await open;

const mutate = async (document, variables) =>
  (await client.graphql({ query: document, variables })).data;
const blog = await mutate('mutation { createBlog(input: {name: "b"}) { id } }');
for (const stars of [1, 2]) {
  await mutate(
    'mutation M($input: CreatePostInput!) { createPost(input: $input) { id title stars } }',
    { input: { title: `t${stars}`, stars, blogPostsId: blog.createBlog.id } });
}
while (heard.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
print({ heard });
const listed = await mutate('{ listBlogs { items { name posts { items { title } } } } }');
print({ listed: listed.listBlogs.items.map(b => [b.name, b.posts.items.map(p => p.title).sort()]) });
try {
  await mutate('mutation { createDiary(input: {text: "x"}) { id } }');
} catch (refused) {
  const { message, errorType, data } = refused.errors[0];
  print({ denied: { message, errorType, data } });
}
subscription.unsubscribe();
process.exit(0);
