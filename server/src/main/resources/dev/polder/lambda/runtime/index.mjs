// Runs a Node.js function: asks the Lambda runtime API for one invocation after the other. Handlers,
// their context and what they throw are treated as the real runtime treats them.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const require = createRequire(import.meta.url);
const env = process.env;
const nodeVersion = Number(/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 0);
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

// --- the runtime API ------------------------------------------------------------------------

/** HTTP over one connection, and no more of it than the server at its other end speaks. */
class RuntimeApi {
  #socket;
  #base;
  #chunks = [];
  #length = 0;
  #wanted = 0;
  #awaiting = [];

  constructor(address) {
    const slash = address.indexOf('/');
    const [host, port] = (slash < 0 ? address : address.slice(0, slash)).split(':');
    this.#base = `${slash < 0 ? '' : address.slice(slash)}/2018-06-01/runtime/`;
    this.#socket = net.connect({ host, port: Number(port), noDelay: true });
    this.#socket.on('data', (bytes) => this.#receive(bytes));
    // Without a server there is nobody to run for.
    this.#socket.on('error', () => process.exit(1));
    this.#socket.on('close', () => process.exit(1));
  }

  /** The next invocation. While it is waited for, and only then, this keeps the process alive. */
  async next() {
    this.#socket.ref();
    const answer = await this.#send('GET', 'invocation/next', '');
    this.#socket.unref();
    return answer;
  }

  post(what, json, errorType) {
    this.#socket.ref();
    return this.#send('POST', what, json, errorType);
  }

  #send(method, what, body, errorType) {
    const type = errorType ? `Lambda-Runtime-Function-Error-Type: ${encodeURI(errorType)}\r\n` : '';
    const head = `${method} ${this.#base}${what} HTTP/1.1\r\nHost: polder\r\n${type}`;
    this.#socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return new Promise((resolve) => this.#awaiting.push(resolve));
  }

  #receive(bytes) {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    while (this.#length >= this.#wanted && this.#length > 0) {
      const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      this.#chunks = [all];
      const end = all.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#wanted = all.length + 1;
        return;
      }
      const headers = {};
      for (const line of all.latin1Slice(0, end).split('\r\n').slice(1)) {
        const colon = line.indexOf(':');
        headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
      }
      const size = end + 4 + Number(headers['content-length'] ?? 0);
      if (all.length < size) {
        this.#wanted = size;
        return;
      }
      this.#wanted = 0;
      this.#length -= size;
      this.#chunks = [all.subarray(size)];
      this.#awaiting.shift()({ headers, body: all.utf8Slice(end + 4, size) });
    }
  }
}

// --- the log --------------------------------------------------------------------------------

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const json = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
let requestId;

function errorAsJson(_, value) {
  return value instanceof Error
    ? {
        errorType: value.constructor?.name ?? 'UnknownError',
        errorMessage: value.message,
        stackTrace: typeof value.stack === 'string' ? value.stack.split('\n') : value.stack,
        ...value,
      }
    : value;
}

function jsonLine(timestamp, level, parameters) {
  const line = { timestamp, level, requestId };
  if (parameters.length === 1) {
    try {
      return JSON.stringify({ ...line, message: parameters[0] }, errorAsJson);
    } catch {
      return JSON.stringify({ ...line, message: util.format(parameters[0]) });
    }
  }
  const error = parameters.find((each) => each instanceof Error);
  const more = error ? errorAsJson('', error) : {};
  return JSON.stringify({ ...line, message: util.format(...parameters), ...more });
}

function log(level, ...parameters) {
  const now = new Date().toISOString();
  const line = json
    ? jsonLine(now, level, parameters)
    : `${now}\t${requestId}\t${level}\t${util.format(...parameters)}`;
  fs.writeSync(1, `${line}\n`);
}

/** What is printed must be in the pipe before the answer is: writes wait where the pipe is full. */
function printAtOnce() {
  for (const name of ['stdout', 'stderr']) {
    const { get } = Object.getOwnPropertyDescriptor(process, name);
    let stream;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get() {
        if (!stream) {
          stream = get.call(process);
          stream._handle?.setBlocking?.(true);
        }
        return stream;
      },
    });
  }
}

function patchConsole() {
  const least = Math.max(0, levels.indexOf((env.AWS_LAMBDA_LOG_LEVEL ?? '').toUpperCase()));
  for (const [i, level] of levels.entries()) {
    console[level.toLowerCase()] = i < least ? () => {} : (...parameters) => log(level, ...parameters);
  }
  console.log = console.info;
}

function logError(what, error) {
  if (json) {
    console.error(error instanceof Error ? error : new Error(error));
    return;
  }
  const shown = error instanceof Error ? error : new Error(error);
  const { name: errorType, message: errorMessage, code } = shown;
  const stack = typeof shown.stack === 'string' ? shown.stack.split('\n') : undefined;
  console.error(what, `\t${stringified({ errorType, errorMessage, code, ...shown, stack })}`);
}

function stringified(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(payloadOf(value));
  }
}

// --- errors ---------------------------------------------------------------------------------

function failure(name, message) {
  const type = class extends Error {};
  type.prototype.name = `Runtime.${name}`;
  return new type(message);
}

/** What is answered for something that was thrown. */
function payloadOf(error) {
  try {
    const isError =
      util.types.isNativeError(error) ||
      ['name', 'message', 'stack'].every((each) => error?.[each] && typeof error[each] === 'string');
    return isError
      ? { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') }
      : { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

// --- the modules that the runtime provides --------------------------------------------------

/** Version 2 of the SDK knows no AWS_ENDPOINT_URL: its settings get it while they are made. */
function pointSdk2Here() {
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    load(module, file);
    if (env.AWS_ENDPOINT_URL && file.endsWith(path.join('aws-sdk', 'lib', 'core.js'))) {
      Object.assign(module.exports.Config.prototype.keys, {
        endpoint: () => env.AWS_ENDPOINT_URL,
        s3ForcePathStyle: true,
      });
    }
  };
}

/** `import` does not look into NODE_PATH; at AWS it finds what the runtime and layers provide. */
function importFromNodePath() {
  const bases = (env.NODE_PATH ?? '')
    .split(path.delimiter)
    .filter((each) => each)
    .map((each) => pathToFileURL(path.join(path.dirname(each), 'index.js')).href);
  if (Module.registerHooks) {
    Module.registerHooks({
      resolve(specifier, context, next) {
        try {
          return next(specifier, context);
        } catch (error) {
          for (const parentURL of error.code === 'ERR_MODULE_NOT_FOUND' ? bases : []) {
            try {
              return next(specifier, { ...context, parentURL });
            } catch {
              // the next folder may have it
            }
          }
          throw error;
        }
      },
    });
  } else if (Module.register) {
    const hook = `
      const bases = ${JSON.stringify(bases)};
      export async function resolve(specifier, context, next) {
        try {
          return await next(specifier, context);
        } catch (error) {
          for (const parentURL of error.code === 'ERR_MODULE_NOT_FOUND' ? bases : []) {
            try {
              return await next(specifier, { ...context, parentURL });
            } catch {}
          }
          throw error;
        }
      }`;
    Module.register(`data:text/javascript,${encodeURIComponent(hook)}`);
  }
}

/** Says what to do where the SDK that the runtime should provide is not there. */
function explained(error) {
  const provided = (env.NODE_PATH ?? '').split(path.delimiter).at(-1) ?? '';
  const missing = /^Cannot find (?:module|package) '(@aws-sdk\/|@smithy\/|aws-sdk)/.exec(error?.message);
  if (missing && (missing[1] === 'aws-sdk') === nodeVersion < 18) {
    const command = `polder runtimes install nodejs${nodeVersion}.x`;
    const what = fs.existsSync(provided) ? 'It is not among the modules in' : 'There is no';
    error.message += `\n(${what} ${provided}: the runtime's modules come with "${command}")`;
  }
  return error;
}

// --- the function ---------------------------------------------------------------------------

function isModule(folder) {
  for (let each = folder; !each.endsWith('/node_modules'); each = path.dirname(each)) {
    const file = path.join(each, 'package.json');
    if (fs.existsSync(file)) {
      try {
        return JSON.parse(fs.readFileSync(file, 'utf8'))?.type === 'module';
      } catch {
        return false;
      }
    }
    if (each === path.dirname(each)) {
      return false;
    }
  }
  return false;
}

async function imported(file) {
  if (!Module.registerHooks) {
    importFromNodePath(); // starts a thread, which only this pays for
  }
  return import(pathToFileURL(file).href);
}

async function loaded(root, folder, name) {
  const file = path.resolve(root, folder, name);
  const module = isModule(path.dirname(file));
  if (fs.existsSync(file) && fs.statSync(file).isFile()) {
    return require(file);
  }
  if (fs.existsSync(`${file}.js`)) {
    return module ? imported(`${file}.js`) : require(`${file}.js`);
  }
  if (fs.existsSync(`${file}.mjs`)) {
    return imported(`${file}.mjs`);
  }
  if (fs.existsSync(`${file}.cjs`)) {
    return require(`${file}.cjs`);
  }
  return require(require.resolve(name, { paths: [root, path.resolve(root, folder)] }));
}

async function handlerOf(root, text) {
  if (text.includes('..')) {
    const valid = 'is not a valid handler name. Use absolute paths when specifying root directories in handler names.';
    throw failure('MalformedHandlerName', `'${text}' ${valid}`);
  }
  const base = path.basename(text);
  const parts = /^([^.]*)\.(.*)$/.exec(base);
  if (!parts) {
    throw failure('MalformedHandlerName', 'Bad handler');
  }
  let module;
  try {
    module = await loaded(root, text.slice(0, text.indexOf(base)), parts[1]);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw failure('UserCodeSyntaxError', error);
    }
    throw error?.code === 'MODULE_NOT_FOUND' ? failure('ImportModuleError', explained(error)) : explained(error);
  }
  const handler = parts[2].split('.').reduce((at, name) => at?.[name], module);
  if (!handler) {
    throw failure('HandlerNotFound', `${text} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw failure('HandlerNotFound', `${text} is not a function`);
  }
  check(handler);
  return handler;
}

function check(handler) {
  if (handler[streaming]) {
    throw failure('StreamingNotSupported', 'Response streaming (awslambda.streamifyResponse) is not supported by Polder');
  }
  if (nodeVersion >= 24 && handler.length >= 3) {
    throw failure(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
}

// --- the loop -------------------------------------------------------------------------------

let whenNothingIsLeft = () => {};
let whenUncaught;
let dying = false;

/** One invocation, from its event to its answer. */
class Invocation {
  #api;
  #headers;
  #answered = false;
  #decided = false;
  #waits = true;
  #done;
  ended = new Promise((resolve) => (this.#done = resolve));

  constructor(api, headers) {
    this.#api = api;
    this.#headers = headers;
  }

  context() {
    const invocation = this;
    // The server's clock may not be the machine's.
    const left = Number(this.#headers['lambda-runtime-deadline-ms']) - Number(this.#headers['polder-now-ms']);
    const begin = performance.now();
    const parsed = (name) => {
      const text = this.#headers[name];
      return text === undefined ? undefined : JSON.parse(text);
    };
    const once = (settle) => (...results) => {
      if (!this.#decided) {
        this.#decided = true;
        settle(...results);
      }
    };
    return {
      get callbackWaitsForEmptyEventLoop() {
        return invocation.#waits;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        invocation.#waits = value;
      },
      succeed: once((result) => this.#answer(result)),
      fail: once((error) => this.fail(error ?? 'handled')),
      done: once((error, result) => (error == null ? this.#answer(result) : this.fail(error))),
      functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
      functionName: env.AWS_LAMBDA_FUNCTION_NAME,
      memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: parsed('lambda-runtime-client-context'),
      identity: parsed('lambda-runtime-cognito-identity'),
      invokedFunctionArn: this.#headers['lambda-runtime-invoked-function-arn'],
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => Math.trunc(left - (performance.now() - begin)),
    };
  }

  /** What a handler may call in place of a promise; with its result it waits for what still runs. */
  callback = (error, result) => {
    if (this.#decided) {
      return;
    }
    this.#decided = true;
    if (error != null) {
      this.fail(error);
    } else if (this.#waits) {
      whenNothingIsLeft = () => this.#answer(result);
    } else {
      this.#answer(result);
    }
  };

  settle(promise) {
    promise.then(
      (result) => {
        if (!this.#decided) {
          this.#decided = true;
          this.#answer(result);
        }
      },
      (error) => {
        if (!this.#decided) {
          this.#decided = true;
          this.fail(error ?? 'handled');
        }
      },
    );
  }

  #answer(result) {
    let body;
    try {
      body = JSON.stringify(result === undefined ? null : result) ?? 'null';
    } catch {
      this.fail(new Error('Unable to stringify response body'));
      return;
    }
    this.#post('response', body);
  }

  fail(error) {
    logError('Invoke Error', error);
    const payload = payloadOf(error);
    return this.#post('error', JSON.stringify(payload), payload.errorType);
  }

  /** No result, and nothing left that could bring one. */
  abandoned(isAsync) {
    if (isAsync && nodeVersion >= 24) {
      this.fail(
        failure(
          'NodeJsExit',
          'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
        ),
      );
    } else {
      this.#post('response', 'null');
    }
  }

  #post(what, body, errorType) {
    whenNothingIsLeft = () => {};
    if (this.#answered) {
      return undefined;
    }
    this.#answered = true;
    const posted = this.#api.post(`invocation/${requestId}/${what}`, body, errorType);
    this.#done();
    return posted;
  }
}

async function serve(api, handler) {
  const isAsync = handler.constructor?.name === 'AsyncFunction';
  for (;;) {
    const { headers, body } = await api.next();
    requestId = headers['lambda-runtime-aws-request-id'];
    env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    const invocation = new Invocation(api, headers);
    whenUncaught = (error) => invocation.fail(error);
    whenNothingIsLeft = () => invocation.abandoned(isAsync);
    try {
      const result = handler(JSON.parse(body), invocation.context(), invocation.callback);
      if (typeof result?.then === 'function') {
        invocation.settle(result);
      }
    } catch (error) {
      invocation.callback(error ?? 'handled');
    }
    await invocation.ended;
    if (dying) {
      return;
    }
  }
}

async function fatal(status, what, error) {
  dying = true;
  logError(what, error);
  await whenUncaught(error);
  process.exit(status);
}

printAtOnce();
patchConsole();
pointSdk2Here();
if (Module.registerHooks) {
  importFromNodePath();
}
if (env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA !== '1') {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [streaming]: 'response' }),
  };
}
const api = new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API);
whenUncaught = (error) => {
  const payload = payloadOf(error);
  return api.post('init/error', JSON.stringify(payload), payload.errorType);
};
process.on('uncaughtException', (error) => fatal(129, 'Uncaught Exception', error));
process.on('unhandledRejection', (reason) =>
  fatal(128, 'Unhandled Promise Rejection', failure('UnhandledPromiseRejection', reason)),
);
process.on('beforeExit', () => whenNothingIsLeft());
try {
  const handler = await handlerOf(env.LAMBDA_TASK_ROOT, env._HANDLER);
  serve(api, handler);
} catch (error) {
  await fatal(1, 'Uncaught Exception', error);
}
