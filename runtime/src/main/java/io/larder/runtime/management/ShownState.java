package io.larder.runtime.management;

import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;

/** How a tier is for one cache, where that is not how it is for all. */
record ShownState(Health health, String reason, long sinceMillis) implements BackendState {}
