package io.larder.runtime.codec;

class ForyCodecTest extends ValueCodecContract {

  @Override
  String name() {
    return "fory";
  }
}
