// The server audits of the npm package graphql-http.
import { auditServer } from 'graphql-http';

const [url, key] = process.argv.slice(2);

const results = await auditServer({
  url,
  fetchFn: (address, options = {}) => {
    const headers = new Headers(options.headers);
    headers.set('x-api-key', key);
    return fetch(address, { ...options, headers });
  },
});

console.log(JSON.stringify({ audits: results.length > 50 }));
console.log(
  JSON.stringify({
    errors: results
      .filter((result) => result.status === 'error')
      .map((result) => `${result.id} ${result.name}: ${result.reason}`),
  }),
);
