package dev.polder.store;

import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Entries in order. Used by one thread; holds resources until closed.
public interface Scan extends Iterator<Scan.Entry>, AutoCloseable {

  /// A key and its value. The value is not shared with anybody.
  record Entry(Key key, byte[] value) {}

  /// The rest of the entries; closing the stream closes the scan.
  default Stream<Entry> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, 0), false)
        .onClose(this::close);
  }

  @Override
  void close();
}
