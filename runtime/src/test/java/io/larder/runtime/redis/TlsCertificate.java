package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate and the authority that signed it, in the forms that Redis and Java want. */
public final class TlsCertificate {

  /** Of all stores and of the key. */
  public static final String PASSWORD = "changeit";

  private final Path store;
  private final Path certificate;
  private final Path authority;
  private final Path key;
  private final Path trustStore;

  private TlsCertificate(Path directory) {
    this.store = directory.resolve("store.p12");
    this.certificate = directory.resolve("certificate.pem");
    this.authority = directory.resolve("authority.pem");
    this.key = directory.resolve("key.pem");
    this.trustStore = directory.resolve("trust.p12");
  }

  /**
   * Makes one.
   *
   * @param startDate as keytool has it: {@code -2d}
   * @param names as keytool has them: {@code ip:127.0.0.1}
   */
  public static TlsCertificate make(Path directory, String startDate, String names)
      throws Exception {
    Files.createDirectories(directory);
    TlsCertificate made = new TlsCertificate(directory);
    Path request = directory.resolve("request");
    Path signed = directory.resolve("signed");
    // Java does not look at the dates of a certificate that is trusted itself.
    made.keytool("-genkeypair -alias ca -keyalg EC -dname CN=ca -ext bc:c");
    made.keytool("-genkeypair -alias redis -keyalg EC -dname CN=redis");
    made.keytool("-certreq -alias redis -file " + request);
    made.keytool(
        "-gencert -alias ca -rfc -validity 1 -startdate "
            + startDate
            + " -ext san="
            + names
            + " -infile "
            + request
            + " -outfile "
            + signed);
    made.keytool("-importcert -noprompt -alias redis -file " + signed);
    made.export();
    return made;
  }

  private void keytool(String options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ", -1)));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private void export() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    pem(certificate, "CERTIFICATE", keys.getCertificate("redis").getEncoded());
    pem(authority, "CERTIFICATE", keys.getCertificate("ca").getEncoded());
    pem(key, "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static void pem(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  /** Starts a server that has it and speaks nothing but TLS. */
  public RedisServer startServer(String authClients) {
    int port = RedisServer.freePort();
    return RedisServer.startAt(
        port,
        "--port",
        "0",
        "--tls-port",
        String.valueOf(port),
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        authority.toString(),
        "--tls-auth-clients",
        authClients);
  }

  /** A store with the authority alone. */
  public Path trustStore() {
    return trustStore;
  }

  /** A store with the key and its certificate. */
  public Path keyStore() {
    return store;
  }
}
