package dev.polder.gateway.http;

import io.helidon.common.buffers.DataReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The frames of RFC 6455, from the server's side: what comes is masked, what goes is not, and no
/// extension is spoken.
///
/// https://www.rfc-editor.org/rfc/rfc6455#section-5
final class WebSocketFrames {
  /// The largest message that is accepted, in bytes.
  static final int LARGEST_MESSAGE = 1 << 20;

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int NO_STATUS = 1005;
  static final int VANISHED = 1006;
  static final int NOT_UTF8 = 1007;
  static final int POLICY = 1008;
  static final int TOO_BIG = 1009;
  static final int DEFECT = 1011;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int LARGEST_CONTROL = 125;
  private static final int LAST = 0x80;

  private final DataReader in;
  private byte @Nullable [] begun;

  WebSocketFrames(DataReader in) {
    this.in = in;
  }

  /// What came, parts put together.
  sealed interface Incoming {
    record Text(String text) implements Incoming {}

    record Ping(byte[] payload) implements Incoming {}

    record Pong() implements Incoming {}

    /// @param code what to answer with
    record Close(int code) implements Incoming {}
  }

  /// A client that does not keep to the protocol.
  static final class Violation extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Violation(int code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /// Waits for the next message or control frame.
  ///
  /// @throws DataReader.InsufficientDataAvailableException if the client is gone
  Incoming next() throws Violation {
    while (true) {
      int first = in.read() & 0xFF;
      boolean last = (first & LAST) != 0;
      int opcode = first & 0x0F;
      if ((first & 0x70) != 0) {
        throw new Violation(PROTOCOL_ERROR, "Reserved bits are set");
      }
      byte[] payload = payload(opcode, last);
      switch (opcode) {
        case TEXT, CONTINUATION -> {
          byte[] message = gather(opcode, payload);
          if (last) {
            begun = null;
            return new Incoming.Text(text(message));
          }
          begun = message;
        }
        case BINARY -> throw new Violation(UNSUPPORTED, "Binary messages are not accepted");
        case CLOSE -> {
          return close(payload);
        }
        case PING -> {
          return new Incoming.Ping(payload);
        }
        case PONG -> {
          return new Incoming.Pong();
        }
        default -> throw new Violation(PROTOCOL_ERROR, "Unknown opcode " + opcode);
      }
    }
  }

  private byte[] payload(int opcode, boolean last) throws Violation {
    int second = in.read() & 0xFF;
    if ((second & LAST) == 0) {
      throw new Violation(PROTOCOL_ERROR, "A client's frames are masked");
    }
    long length = length(second & 0x7F);
    if (opcode >= CLOSE && (length > LARGEST_CONTROL || !last)) {
      throw new Violation(PROTOCOL_ERROR, "A control frame is whole and short");
    }
    int before = begun == null ? 0 : begun.length;
    if (length < 0 || length + before > LARGEST_MESSAGE) {
      throw new Violation(TOO_BIG, "Messages may have " + LARGEST_MESSAGE + " bytes");
    }
    byte[] mask = in.readBytes(4);
    byte[] payload = length == 0 ? new byte[0] : in.readBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }

  private long length(int seven) {
    return switch (seven) {
      case 126 -> ByteBuffer.wrap(in.readBytes(2)).getShort() & 0xFFFF;
      case 127 -> ByteBuffer.wrap(in.readBytes(8)).getLong();
      default -> seven;
    };
  }

  private byte[] gather(int opcode, byte[] payload) throws Violation {
    byte[] before = begun;
    if ((opcode == CONTINUATION) != (before != null)) {
      throw new Violation(PROTOCOL_ERROR, "A message was begun or continued out of turn");
    }
    if (before == null) {
      return payload;
    }
    return ByteBuffer.allocate(before.length + payload.length).put(before).put(payload).array();
  }

  private static String text(byte[] utf8) throws Violation {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Violation(NOT_UTF8, "A text message is UTF-8");
    }
  }

  private static Incoming close(byte[] payload) throws Violation {
    if (payload.length == 0) {
      return new Incoming.Close(NO_STATUS);
    }
    int code = payload.length == 1 ? 0 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    boolean known = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
    if (!known && (code < 3000 || code > 4999)) {
      throw new Violation(PROTOCOL_ERROR, "Not a close code: " + code);
    }
    return new Incoming.Close(code);
  }

  static byte[] text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] ping() {
    return frame(PING, new byte[0]);
  }

  static byte[] pong(byte[] payload) {
    return frame(PONG, payload);
  }

  static byte[] close(int code, String reason) {
    if (code == NO_STATUS) {
      return frame(CLOSE, new byte[0]);
    }
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(words.length, LARGEST_CONTROL - 2);
    byte[] payload =
        ByteBuffer.allocate(length + 2).putShort((short) code).put(words, 0, length).array();
    return frame(CLOSE, payload);
  }

  private static byte[] frame(int opcode, byte[] payload) {
    int length = payload.length;
    ByteBuffer frame;
    if (length < 126) {
      frame = ByteBuffer.allocate(2 + length).put((byte) (LAST | opcode)).put((byte) length);
    } else if (length < 1 << 16) {
      frame = ByteBuffer.allocate(4 + length).put((byte) (LAST | opcode)).put((byte) 126);
      frame.putShort((short) length);
    } else {
      frame = ByteBuffer.allocate(10 + length).put((byte) (LAST | opcode)).put((byte) 127);
      frame.putLong(length);
    }
    return frame.put(payload).array();
  }
}
