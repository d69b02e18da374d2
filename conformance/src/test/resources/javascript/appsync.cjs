// aws-appsync, the client before Amplify's, against one API over plain HTTP and ws.
// Arguments: URL, API key. Prints one JSON value a line.
require('isomorphic-fetch');
global.WebSocket = require('ws');
const AWSAppSyncClient = require('aws-appsync').default;
const gql = require('graphql-tag');

const [url, apiKey] = process.argv.slice(2);
const client = new AWSAppSyncClient({
  url, region: 'us-east-1', auth: { type: 'API_KEY', apiKey }, disableOffline: true,
});
const print = value => console.log(JSON.stringify(value));

async function main() {
  await client.hydrated();
  const heard = [];
  const query = gql`subscription { onCreatePost { title stars } }`;
  const subscription = client.subscribe({ query }).subscribe({
    next: message => heard.push(message.data.onCreatePost.title),
    error: error => { print({ error: String(error) }); process.exit(1); },
  });
  // This client does not say when a subscription is open, so mutations go on until one is heard.
  const mutation = gql`mutation M($input: CreatePostInput!) { createPost(input: $input) { title stars } }`;
  for (let i = 0; heard.length === 0; i++) {
    await client.mutate({
      mutation, variables: { input: { title: 'four', stars: 4 } }, fetchPolicy: 'no-cache',
    });
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  print({ heard: heard[0] });
  const listed = await client.query({
    query: gql`{ listPosts { items { title } } }`, fetchPolicy: 'network-only',
  });
  print({ listed: listed.data.listPosts.items.every(post => post.title === 'four') });
  subscription.unsubscribe();
  process.exit(0);
}

main().catch(error => { print({ error: String(error) }); process.exit(1); });
