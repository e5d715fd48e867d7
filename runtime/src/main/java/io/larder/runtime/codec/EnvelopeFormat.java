package io.larder.runtime.codec;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How entries are written, and what is taken when they are read. Immutable; the secrets are never
 * shown.
 */
public final class EnvelopeFormat {

  /** Payloads of fewer bytes gain nothing by compression. */
  public static final int COMPRESS_FROM = 1024;

  /** The most bytes of a payload, unless asked otherwise: 16 MiB. */
  public static final int MAX_PAYLOAD = 16 << 20;

  private static final String ALGORITHM = "HmacSHA256";

  /** Shorter secrets are within reach of trying. */
  private static final int MIN_SECRET = 16;

  private final Compression compression;
  private final int compressFrom;
  private final int maxPayload;
  private final List<SecretKeySpec> secrets;

  private EnvelopeFormat(
      Compression compression, int compressFrom, int maxPayload, List<SecretKeySpec> secrets) {
    this.compression = compression;
    this.compressFrom = compressFrom;
    this.maxPayload = maxPayload;
    this.secrets = secrets;
  }

  /** Neither compressed nor signed. */
  public static EnvelopeFormat plain() {
    return new EnvelopeFormat(Compression.NONE, COMPRESS_FROM, MAX_PAYLOAD, List.of());
  }

  /**
   * With payloads compressed where that saves a tenth or more.
   *
   * @param from how many bytes a payload has at least
   */
  public EnvelopeFormat withCompression(Compression how, int from) {
    if (from < 0) {
      throw new IllegalArgumentException("compress-from must not be negative: " + from);
    }
    return new EnvelopeFormat(how, from, maxPayload, secrets);
  }

  /** With another bound for payloads, in bytes, as they are and decompressed. */
  public EnvelopeFormat withMaxPayload(int bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("the largest payload must be positive: " + bytes);
    }
    return new EnvelopeFormat(compression, compressFrom, bytes, secrets);
  }

  /**
   * With entries signed by HMAC-SHA256, and only such taken.
   *
   * @param secrets the first signs, all are taken, so that a new one can be brought in without a
   *     gap; 16 bytes or more each
   */
  public EnvelopeFormat withSecrets(List<byte[]> secrets) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (byte[] secret : secrets) {
      if (secret.length < MIN_SECRET) {
        throw new IllegalArgumentException(
            "a secret must have at least " + MIN_SECRET + " bytes, not " + secret.length);
      }
      keys.add(new SecretKeySpec(secret, ALGORITHM));
    }
    return new EnvelopeFormat(compression, compressFrom, maxPayload, List.copyOf(keys));
  }

  /** How payloads are compressed. */
  public Compression compression() {
    return compression;
  }

  /** The most bytes of a payload. */
  public int maxPayload() {
    return maxPayload;
  }

  int compressFrom() {
    return compressFrom;
  }

  /** Whether entries are signed, and unsigned ones refused. */
  public boolean signs() {
    return !secrets.isEmpty();
  }

  /** One signature for each secret, the one to sign with first. */
  List<Mac> macs() {
    List<Mac> macs = new ArrayList<>(secrets.size());
    for (SecretKeySpec secret : secrets) {
      macs.add(mac(secret));
    }
    return macs;
  }

  private static Mac mac(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible); // each Java platform has to have it
    }
  }
}
