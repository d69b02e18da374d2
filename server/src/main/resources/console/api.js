// The public AWS APIs of this server, called as any client calls them.

const TARGETS = {
  states: ["AWSStepFunctions", "1.0"],
  athena: ["AmazonAthena", "1.1"],
  glue: ["AWSGlue", "1.1"],
};

/** Calls an operation; throws an Error whose message is the service's own. */
export async function call(service, operation, input = {}) {
  const [target, version] = TARGETS[service];
  const response = await fetch("/", {
    method: "POST",
    headers: {
      "X-Amz-Target": `${target}.${operation}`,
      "Content-Type": `application/x-amz-json-${version}`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  const body = text ? JSON.parse(text) : {};
  if (!response.ok) {
    throw new Error(body.message ?? body.Message ?? `${operation} answered ${response.status}`);
  }
  return body;
}

/** Calls an operation of a service that goes by paths; the signature only names the service. */
export async function rest(service, path, input) {
  const scope = `000000000000/20200101/us-east-1/${service}/aws4_request`;
  const response = await fetch(path, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(input),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? body.Message ?? `${path} answered ${response.status}`);
  return body;
}

/** All pages of a listing, as one array. */
export async function all(service, operation, input, member, token) {
  const items = [];
  let next;
  do {
    const page = await call(service, operation, next ? { ...input, [token]: next } : input);
    items.push(...(page[member] ?? []));
    next = page[token];
  } while (next && items.length < 5000);
  return items;
}

export const health = async () => (await fetch("health")).json();
