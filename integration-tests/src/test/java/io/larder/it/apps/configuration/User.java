package io.larder.it.apps.configuration;

/** Has no equals, so that only its properties can make a key. */
final class User {

  private final int id;
  private final String name;

  User(int id, String name) {
    this.id = id;
    this.name = name;
  }

  int id() {
    return id;
  }

  String getName() {
    return name;
  }
}
