"""Runs a Python function: asks the Lambda runtime API for one invocation after the other. Handlers,
their context and what they raise are treated as the real runtime treats them."""

import decimal
import importlib
import json
import logging
import math
import os
import socket
import sys
import time
import traceback


class RuntimeApi:
    """HTTP over one connection, and no more of it than the server at its other end speaks."""

    def __init__(self, address):
        host_and_port, slash, secret = address.partition("/")
        host, port = host_and_port.split(":")
        self._base = slash + secret + "/2018-06-01/runtime/"
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._in = self._socket.makefile("rb")
        self._unread = 0

    def next(self):
        """The headers, with names in lower case, and the body of the next invocation."""
        while self._unread:
            self._receive()
            self._unread -= 1
        self._send("GET", "invocation/next", b"", "")
        return self._receive()

    def post(self, what, body, error_type=""):
        self._send("POST", what, body, error_type)
        self._unread += 1

    def post_and_wait(self, what, body, error_type):
        self.post(what, body, error_type)
        self._receive()

    def _send(self, method, what, body, error_type):
        kind = "Lambda-Runtime-Function-Error-Type: %s\r\n" % error_type if error_type else ""
        head = "%s %s%s HTTP/1.1\r\nHost: polder\r\n%sContent-Length: %d\r\n\r\n" % (
            method,
            self._base,
            what,
            kind,
            len(body),
        )
        self._socket.sendall(head.encode("latin-1", "replace") + body)

    def _receive(self):
        if not self._in.readline():
            os._exit(1)  # without a server there is nobody to run for
        headers = {}
        for line in iter(self._in.readline, b"\r\n"):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return headers, self._in.read(int(headers.get("content-length", 0)))


class Fault(Exception):
    """What the runtime, and not the handler, has to say."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.message = message
        self.trace = trace or []


def as_json(value):
    if isinstance(value, decimal.Decimal):
        if value.is_nan():
            return math.nan
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def dumps(value):
    return json.dumps(value, default=as_json).encode("utf-8")


# --- the log -------------------------------------------------------------------------------------

JSON_LOG = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
request_id = ""


class RequestId(logging.Filter):
    def filter(self, record):
        record.aws_request_id = request_id
        return True


class JsonLines(logging.Formatter):
    def format(self, record):
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, value, trace = record.exc_info
            line["errorType"] = kind.__name__
            line["errorMessage"] = str(value)
            line["stackTrace"] = traceback.format_tb(trace)
        line["requestId"] = record.aws_request_id
        return json.dumps(line, default=str)


class Standard(logging.StreamHandler):
    """Writes to whatever standard output is now."""

    def emit(self, record):
        self.stream = sys.stdout
        super().emit(record)


def set_up_logging():
    handler = Standard(sys.stdout)
    handler.addFilter(RequestId())
    if JSON_LOG:
        handler.setFormatter(JsonLines())
    else:
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    if isinstance(logging.getLevelName(level), int):
        root.setLevel(level)


def log_error(error):
    if JSON_LOG:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        print(json.dumps({"timestamp": now, "level": "ERROR", **error}))
        return
    lines = ["[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])]
    lines.append("Traceback (most recent call last):")
    for entry in error["stackTrace"]:
        lines.extend(entry.splitlines())
    print("\n".join(lines))


# --- errors --------------------------------------------------------------------------------------


def error_of(raised):
    if isinstance(raised, Fault):
        message, kind, trace = raised.message, raised.kind, raised.trace
    else:
        frames = traceback.extract_tb(raised.__traceback__)
        while frames and frames[0].filename == __file__:
            frames = frames[1:]
        message, kind, trace = str(raised), type(raised).__name__, traceback.format_list(frames)
    return {
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": trace,
    }


# --- the context ---------------------------------------------------------------------------------


class Part:
    """An object with the members of a JSON object; None for those that it has not."""

    def __init__(self, members, names):
        for name in names:
            setattr(self, name, members.get(name))

    def __repr__(self):
        members = ",".join("%s=%s" % each for each in vars(self).items())
        return "%s([%s])" % (type(self).__name__, members)


class Client(Part):
    pass


class ClientContext(Part):
    pass


class CognitoIdentity(Part):
    pass


class LambdaContext:
    def __init__(self, headers):
        # The server's clock may not be the machine's.
        left = int(headers["lambda-runtime-deadline-ms"]) - int(headers["polder-now-ms"])
        self._end = time.monotonic() + left / 1000
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.tenant_id = None
        self.client_context = client_context(headers.get("lambda-runtime-client-context"))
        self.identity = CognitoIdentity({}, ["cognito_identity_id", "cognito_identity_pool_id"])

    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.monotonic()) * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        shown = {name: value for name, value in vars(self).items() if name != "_end"}
        return "LambdaContext([%s])" % ",".join("%s=%s" % each for each in shown.items())


def client_context(text):
    if not text:
        return None
    try:
        given = json.loads(text)
    except ValueError as e:
        message = "Unable to parse Client Context JSON: %s" % e
        raise Fault("LambdaContextUnmarshalError", message) from e
    context = ClientContext(given, ["custom", "env", "client"])
    if context.client is not None:
        names = ["installation_id", "app_title", "app_version_name"]
        names += ["app_version_code", "app_package_name"]
        context.client = Client(context.client, names)
    return context


# --- the function --------------------------------------------------------------------------------


def explained(error):
    """Says what to do where the SDK that the runtime should provide is not there."""
    text = str(error)
    for name in ("boto3", "botocore"):
        if text == "No module named '%s'" % name:
            return text + " (the machine's Python runs functions and has none: %s -m pip install %s)" % (
                sys.executable,
                name,
            )
    return text


def handler_of(text):
    module_name, dot, name = text.rpartition(".")
    if not dot:
        message = "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % text
        raise Fault("MalformedHandlerName", message)
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % module_name
        raise Fault("BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as e:
        message = "Unable to import module '%s': %s" % (module_name, explained(e))
        raise Fault("ImportModuleError", message) from e
    except SyntaxError as e:
        trace = ['  File "%s" Line %s\n    %s' % (e.filename, e.lineno, e.text)]
        message = "Syntax error in module '%s': %s" % (module_name, e)
        raise Fault("UserCodeSyntaxError", message, trace) from e
    handler = getattr(module, name, None)
    if handler is None:
        message = "Handler '%s' missing on module '%s'" % (name, module_name)
        raise Fault("HandlerNotFound", message)
    return handler


def call(handler, headers, body):
    context = LambdaContext(headers)
    try:
        event = json.loads(body)
    except ValueError as e:
        raise Fault("UnmarshalError", "Unable to unmarshal input: %s" % e) from e
    result = handler(event, context)
    if isinstance(result, bytes):
        return result
    try:
        return dumps(result)
    except Exception as e:
        raise Fault("MarshalError", "Unable to marshal response: %s" % e) from e


def serve(api, handler):
    global request_id
    while True:
        headers, body = api.next()
        request_id = headers["lambda-runtime-aws-request-id"]
        os.environ["_X_AMZN_TRACE_ID"] = headers["lambda-runtime-trace-id"]
        try:
            answer = call(handler, headers, body)
        except Exception as e:
            error = error_of(e)
            log_error(error)
            api.post("invocation/%s/error" % request_id, dumps(error), error["errorType"])
        else:
            api.post("invocation/%s/response" % request_id, answer)


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    set_up_logging()
    try:
        handler = handler_of(os.environ["_HANDLER"])
    except Exception as e:
        error = error_of(e)
        log_error(error)
        api.post_and_wait("init/error", dumps(error), error["errorType"])
        sys.exit(1)
    serve(api, handler)


main()
