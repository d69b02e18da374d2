package dev.polder.dynamodb.item;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The value of an attribute.
///
/// Values are equal as DynamoDB has it: numbers by magnitude, sets without regard to order. The
/// collections within are unmodifiable; whoever makes a value gives its collections away.
public sealed interface Value {
  /// The one `NULL`.
  NULL NULL = new NULL();

  /// The type by its name on the wire.
  Type type();

  /// A string of Unicode.
  record S(String value) implements Value {
    @Override
    public Type type() {
      return Type.S;
    }
  }

  /// A number of at most 38 significant digits, zero or of a magnitude from 1E-130 to 9.99...E+125.
  ///
  /// @param text as the service prints it: no exponent, no leading and no trailing zeros
  record N(String text) implements Value, Comparable<N> {
    /// The number that a client wrote.
    ///
    /// @throws ValidationException where it is none, or beyond the range or the precision
    public static N parse(String written) {
      return new N(Numbers.normalised(written));
    }

    /// The number.
    ///
    /// @throws ValidationException where it is beyond the range or the precision
    public static N of(BigDecimal number) {
      return new N(Numbers.print(number));
    }

    /// The number.
    public static N of(long number) {
      return new N(Long.toString(number));
    }

    /// The number, to calculate with.
    public BigDecimal number() {
      return new BigDecimal(text);
    }

    @Override
    public int compareTo(N other) {
      return number().compareTo(other.number());
    }

    @Override
    public Type type() {
      return Type.N;
    }
  }

  /// Bytes.
  final class B implements Value, Comparable<B> {
    private final byte[] bytes;

    /// The value of these bytes, which the caller gives away.
    public B(byte[] bytes) {
      this.bytes = bytes;
    }

    /// The bytes themselves, to be read only.
    public byte[] bytes() {
      return bytes;
    }

    /// How many bytes.
    public int length() {
      return bytes.length;
    }

    @Override
    public Type type() {
      return Type.B;
    }

    @Override
    public int compareTo(B other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof B b && Arrays.equals(bytes, b.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    /// The bytes in base 64.
    @Override
    public String toString() {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /// True or false.
  record BOOL(boolean value) implements Value {
    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  /// Nothing, said aloud.
  record NULL() implements Value {
    @Override
    public Type type() {
      return Type.NULL;
    }
  }

  /// A list.
  record L(List<Value> elements) implements Value {
    public L {
      elements = Collections.unmodifiableList(elements);
    }

    @Override
    public Type type() {
      return Type.L;
    }
  }

  /// A map, in the order in which it was written.
  record M(Map<String, Value> entries) implements Value {
    public M {
      entries = Collections.unmodifiableMap(entries);
    }

    @Override
    public Type type() {
      return Type.M;
    }
  }

  /// A set of strings, in the order in which it was written.
  record SS(Set<String> members) implements Value {
    public SS {
      members = Collections.unmodifiableSet(members);
    }

    /// The set that a client wrote.
    ///
    /// @throws ValidationException where it is empty or repeats a member
    public static SS of(Collection<String> written) {
      return new SS(Sets.strings(written));
    }

    @Override
    public Type type() {
      return Type.SS;
    }
  }

  /// A set of numbers, in the order in which it was written.
  record NS(Set<N> members) implements Value {
    public NS {
      members = Collections.unmodifiableSet(members);
    }

    /// The set that a client wrote.
    ///
    /// @throws ValidationException where it is empty, repeats a number, or has what is none
    public static NS of(Collection<String> written) {
      return new NS(Sets.numbers(written));
    }

    @Override
    public Type type() {
      return Type.NS;
    }
  }

  /// A set of byte strings, in the order in which it was written.
  record BS(Set<B> members) implements Value {
    public BS {
      members = Collections.unmodifiableSet(members);
    }

    /// The set that a client wrote.
    ///
    /// @throws ValidationException where it is empty or repeats a member
    public static BS of(Collection<B> written) {
      return new BS(Sets.binaries(written));
    }

    @Override
    public Type type() {
      return Type.BS;
    }
  }
}
