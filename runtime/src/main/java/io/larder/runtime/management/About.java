package io.larder.runtime.management;

import java.util.List;

/** What the MBeans show of Larder as a whole. */
public interface About {

  /** Larder's version. */
  String version();

  /** How many methods were woven. */
  int wovenMethods();

  /** Methods that were to be cached and are not, each with the reason. */
  List<String> rejectedMethods();
}
