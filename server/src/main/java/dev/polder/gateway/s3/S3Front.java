package dev.polder.gateway.s3;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.polder.gateway.Call;
import dev.polder.gateway.Refusal;
import dev.polder.gateway.ServiceFront;
import dev.polder.gateway.aws.Failure;
import dev.polder.gateway.aws.Matched;
import dev.polder.gateway.aws.RestBindings;
import dev.polder.gateway.catalogue.Catalogue;
import dev.polder.gateway.catalogue.Operation;
import dev.polder.gateway.catalogue.ServiceModel;
import dev.polder.gateway.codec.JsonTree;
import dev.polder.gateway.codec.MalformedInputException;
import dev.polder.gateway.codec.Member;
import dev.polder.gateway.codec.Shape;
import dev.polder.gateway.codec.Uris;
import dev.polder.gateway.codec.XmlDecoder;
import dev.polder.gateway.http.Headers;
import dev.polder.gateway.http.HttpRequest;
import dev.polder.gateway.http.HttpResponse;
import dev.polder.kernel.Caller;
import dev.polder.kernel.Scope;
import dev.polder.kernel.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// S3's REST protocol, with buckets in the path or in the host name. Objects stream through in both
/// directions; only documents are held in memory, up to 8 MiB.
public final class S3Front implements ServiceFront {
  private static final System.Logger LOG = System.getLogger(S3Front.class.getName());
  private static final int BUFFER_BYTES = 128 << 10;

  private final ServiceModel model = Catalogue.load().of(S3Client.class);
  private final Selection selection = new Selection(model);
  private final Service<S3Client> service;
  private final Set<String> hosts;

  /// @param hosts the names, beside `localhost`, below which a host name begins with a bucket
  public S3Front(Service<S3Client> service, Set<String> hosts) {
    this.service = service;
    this.hosts = Set.copyOf(hosts);
  }

  @Override
  public void refuse(HttpRequest request, HttpResponse response, Call call, Refusal refusal)
      throws IOException {
    new Exchange(request, response, call).fail(refusal.status(), refusal.code(), refusal.message());
  }

  @Override
  public void serve(HttpRequest request, HttpResponse response, Call call) throws IOException {
    new Exchange(request, response, call).run();
  }

  /// One request on its way through.
  private final class Exchange {
    private final HttpRequest request;
    private final HttpResponse response;
    private final Call call;
    private final Target target;
    private final Map<String, List<String>> query;
    private boolean begun;

    Exchange(HttpRequest request, HttpResponse response, Call call) {
      this.request = request;
      this.response = response;
      this.call = call;
      this.target = Target.of(request, hosts);
      this.query = Uris.parameters(request.rawQuery());
    }

    /// The one place that catches everything. What fails after the answer has begun breaks it off.
    void run() throws IOException {
      try {
        answer();
      } catch (RuntimeException | IOException | Error e) {
        if (begun) {
          throw e;
        }
        fail(e);
      }
    }

    private void answer() throws IOException {
      Operation operation = selection.of(request.method(), target, query, request.headers());
      S3Client client = service.client(scope());
      if (!operation.isImplementedBy(client.getClass())) {
        throw Refused.notImplemented(operation.name());
      }
      SdkPojo builder = operation.newRequest();
      bind(operation, builder);
      switch (operation.kind()) {
        case UNARY -> {
          readDocument(builder);
          send(operation, operation.call(client, permitted(operation, built(builder))));
        }
        case UPLOAD -> send(operation, upload(operation, client, builder));
        case DOWNLOAD -> operation.call(client, permitted(operation, built(builder)), download());
        case DUPLEX -> throw Refused.notImplemented(operation.name());
      }
    }

    /// Old tools sign with version 2, which the gateway does not read: the key id still tells the
    /// account.
    private Scope scope() {
      String authorization = request.headers().first("authorization", "");
      String key =
          authorization.startsWith("AWS ")
              ? authorization.substring(4).split(":", 2)[0]
              : Uris.first(query, "AWSAccessKeyId");
      return key != null && Scope.isAccount(key)
          ? new Scope(key, call.scope().region())
          : call.scope();
    }

    private void bind(Operation operation, SdkPojo builder) {
      var path = Map.of("Bucket", target.bucket(), "Key", target.key());
      try {
        RestBindings.read(new Matched(request, operation, path, query, new byte[0]), builder);
      } catch (MalformedInputException e) {
        throw new Refused(400, "InvalidArgument", String.valueOf(e.getMessage()));
      }
    }

    private void readDocument(SdkPojo builder) throws IOException {
      Shape shape = Shape.of(builder);
      Member payload = shape.payload();
      if (payload == null || payload.type() != MarshallingKnownType.SDK_POJO) {
        return;
      }
      InputStream document = Body.document(request);
      if (document.available() == 0) {
        return;
      }
      SdkPojo nested = payload.newBuilder();
      try {
        XmlDecoder.read(document, nested);
      } catch (MalformedInputException e) {
        throw Refused.malformedXml(e);
      }
      payload.set(builder, Member.build(nested));
    }

    private SdkPojo upload(Operation operation, S3Client client, SdkPojo builder) {
      Body body = Body.of(request);
      Long length = body.length();
      if (length == null) {
        throw new Refused(
            411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
      }
      set(builder, "ContentLength", length);
      body.trailing().ifPresent(each -> set(builder, "ChecksumAlgorithm", each.name()));
      var bytes = RequestBody.fromContentProvider(body::bytes, length, "application/octet-stream");
      return operation.call(client, permitted(operation, built(builder)), bytes);
    }

    private SdkRequest permitted(Operation operation, SdkRequest asked) {
      var denial =
          call.permissions()
              .denial(
                  Caller.CURRENT.get(),
                  scope(),
                  model.signingName(),
                  operation.name(),
                  () -> JsonTree.view((SdkPojo) asked));
      if (denial.isPresent()) {
        throw new Refused(403, "AccessDenied", denial.get());
      }
      return asked;
    }

    private void set(SdkPojo builder, String name, Object value) {
      Member member = Shape.of(builder).pascalMember(name);
      if (member != null) {
        member.set(builder, value);
      }
    }

    private static SdkRequest built(SdkPojo builder) {
      return (SdkRequest) Member.build(builder);
    }

    private ResponseTransformer<GetObjectResponse, Boolean> download() {
      return (answer, bytes) -> {
        Headers headers = headers(answer);
        int status = answer.contentRange() == null ? 200 : 206;
        begun = true;
        try (OutputStream out = response.stream(status, headers, answer.contentLength())) {
          byte[] buffer = new byte[Math.clamp(answer.contentLength(), 1, BUFFER_BYTES)];
          for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
            out.write(buffer, 0, n);
          }
        }
        return true;
      };
    }

    private Headers headers(SdkPojo answer) {
      var headers =
          Headers.of("x-amz-request-id", call.requestId(), "x-amz-id-2", call.requestId());
      RestBindings.writeHeaders(answer, headers);
      // A date that is none is given back as it was put.
      String expires = headers.first("ExpiresString");
      if (expires != null) {
        headers.set("Expires", expires).remove("ExpiresString");
      }
      return headers;
    }

    private void send(Operation operation, SdkPojo answer) throws IOException {
      Headers headers = headers(answer);
      begun = true;
      if (request.method().equals("HEAD")) {
        boolean part = headers.contains("content-range");
        response.empty(part ? 206 : 200, headers);
        return;
      }
      byte[] document = Documents.of(operation, UrlEncoding.of(answer));
      if (document.length > 0) {
        response.send(200, headers.set("Content-Type", "application/xml"), document);
      } else if (request.method().equals("DELETE")) {
        response.empty(204, headers);
      } else {
        response.send(200, headers, document);
      }
    }

    private void fail(Throwable thrown) throws IOException {
      switch (thrown) {
        case Refused refused -> fail(refused.status(), refused.code(), refused.message());
        case AwsServiceException refused -> {
          Failure failure = Failure.of(model, refused);
          LOG.log(DEBUG, () -> call.requestId() + " refused: " + failure.code());
          fail(failure.status(), failure.code(), failure.message());
        }
        default -> {
          LOG.log(ERROR, "Request " + call.requestId() + " failed on a defect", thrown);
          fail(
              500,
              "InternalError",
              "We encountered an internal error. It is logged as " + call.requestId() + ".");
        }
      }
    }

    void fail(int status, String code, String message) throws IOException {
      var headers =
          Headers.of("x-amz-request-id", call.requestId(), "x-amz-id-2", call.requestId());
      begun = true;
      if (request.method().equals("HEAD") || status == 304) {
        response.empty(status, headers);
        return;
      }
      response.send(
          status,
          headers.set("Content-Type", "application/xml"),
          Documents.error(code, message, target, call.requestId()));
    }
  }
}
