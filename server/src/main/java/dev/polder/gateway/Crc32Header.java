package dev.polder.gateway;

import dev.polder.gateway.http.Headers;
import java.util.zip.CRC32;

/// The checksum over a body by which DynamoDB's clients know that nothing of an answer was lost.
public final class Crc32Header implements Gateway.Finisher {

  @Override
  public void finish(Headers headers, byte[] body) {
    var sum = new CRC32();
    sum.update(body);
    headers.set("x-amz-crc32", Long.toString(sum.getValue()));
  }
}
