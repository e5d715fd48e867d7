package io.larder.runtime.coordinator;

import io.larder.bootstrap.LarderTicket;
import org.jspecify.annotations.Nullable;

/** The ticket of a caller who waited for a load that failed: it gets the same exception. */
final class FailedWait extends LarderTicket {

  private final Throwable failure;

  FailedWait(Throwable failure) {
    this.failure = failure;
  }

  @Override
  protected void proceed() throws Throwable {
    throw failure;
  }

  @Override
  protected void loaded(@Nullable Object value) {}

  @Override
  protected void failed(Throwable thrown) {}
}
