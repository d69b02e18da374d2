package dev.polder.gateway.catalogue;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for, once.
final class Later<T> implements Supplier<T> {
  private @Nullable Supplier<T> maker;
  private volatile @Nullable T made;

  private Later(Supplier<T> maker) {
    this.maker = maker;
  }

  static <T> Supplier<T> of(Supplier<T> maker) {
    return new Later<>(maker);
  }

  @Override
  public T get() {
    T known = made;
    return known == null ? make() : known;
  }

  private synchronized T make() {
    T known = made;
    if (known == null) {
      known = Objects.requireNonNull(maker).get();
      made = known;
      maker = null;
    }
    return known;
  }
}
