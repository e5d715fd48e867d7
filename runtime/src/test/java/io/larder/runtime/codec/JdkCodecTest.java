package io.larder.runtime.codec;

class JdkCodecTest extends ValueCodecContract {

  @Override
  String name() {
    return "jdk";
  }
}
