package dev.neonstack.kube;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM, in all the forms that clusters hand out. */
final class PemKeys {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private PemKeys() {}

  static List<Certificate> certificates(String pem) throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    Collection<? extends Certificate> read =
        CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    if (read.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return List.copyOf(read);
  }

  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    var match = KEY.matcher(pem);
    if (!match.find()) {
      throw new GeneralSecurityException("there is no private key that is not encrypted");
    }
    var der = Base64.getMimeDecoder().decode(match.group(2));
    return switch (match.group(1)) {
      case "RSA PRIVATE KEY" -> of("RSA", pkcs8(RSA, der));
      case "EC PRIVATE KEY" -> of("EC", pkcs8(der(SEQUENCE, EC, curve(der)), der));
      default -> ofAnyKind(der);
    };
  }

  private static PrivateKey of(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static PrivateKey ofAnyKind(byte[] pkcs8) throws GeneralSecurityException {
    var hex = HexFormat.of().formatHex(pkcs8);
    if (hex.contains(HexFormat.of().formatHex(EC))) {
      return of("EC", pkcs8);
    }
    return of(hex.contains(HexFormat.of().formatHex(RSA)) ? "RSA" : "EdDSA", pkcs8);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, VERSION, algorithm, der(OCTETS, key));
  }

  /** The curve in a SEC 1 key: SEQUENCE of version, key, [0] curve, [1] point. */
  private static byte[] curve(byte[] sec1) throws GeneralSecurityException {
    var at = content(sec1, 0);
    while (at < sec1.length) {
      var start = content(sec1, at);
      var end = start + length(sec1, at);
      if ((sec1[at] & 0xff) == PARAMETERS) {
        return Arrays.copyOfRange(sec1, start, end);
      }
      at = end;
    }
    throw new GeneralSecurityException("an EC key does not name its curve");
  }

  private static int content(byte[] der, int at) {
    var first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    var first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    var length = 0;
    for (var index = 0; index < (first & 0x7f); index++) {
      length = (length << 8) | (der[at + 2 + index] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    var inside = new ByteArrayOutputStream();
    for (var part : parts) {
      inside.writeBytes(part);
    }
    var length = inside.size();
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length >= 0x100) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length >= 0x80) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(inside.toByteArray());
    return whole.toByteArray();
  }
}
