package dev.neonstack.kubefake;

/**
 * Certificates for {@code *.db.example} until 2126 in PEM, without their keys, by their subject.
 */
public final class ProxyCertificates {
  /** The name alone. */
  public static final String ALONE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBmjCCAUGgAwIBAgIUTKw7XR9mXEZJq/Yid4mu2kvRzpowCgYIKoZIzj0EAwIw
      FzEVMBMGA1UEAwwMKi5kYi5leGFtcGxlMCAXDTI2MTEyODAxMDg1MFoYDzIxMjYx
      MTA0MDEwODUwWjAXMRUwEwYDVQQDDAwqLmRiLmV4YW1wbGUwWTATBgcqhkjOPQIB
      BggqhkjOPQMBBwNCAARLWClmBvPnF3wXknQuGKjMBYI7Fpt2mniyGoZ78AHT8XjZ
      JTQ2cU61YukGKKcmTtPaSWd76XyS0cUdK6F19z9ho2kwZzAdBgNVHQ4EFgQUCfdb
      weqMl21a81CXRLB1ORIn50kwHwYDVR0jBBgwFoAUCfdbweqMl21a81CXRLB1ORIn
      50kwFwYDVR0RBBAwDoIMKi5kYi5leGFtcGxlMAwGA1UdEwEB/wQCMAAwCgYIKoZI
      zj0EAwIDRwAwRAIgK64XvuBlOPSZkEA9nQNWy6lBE9N0PS44hb4YB2Suo20CIDvy
      tqQgD5q/31gRxIrRxXxF/EhPmQC4fSyRZRKsW/wU
      -----END CERTIFICATE-----
      """;

  /** An organisation, then the name. */
  public static final String BEHIND_AN_ORGANISATION =
      """
      -----BEGIN CERTIFICATE-----
      MIIBuTCCAV+gAwIBAgIULL2TXwi4FI4R0OdC/SYB6Er2LbkwCgYIKoZIzj0EAwIw
      JjENMAsGA1UECgwEQ29ycDEVMBMGA1UEAwwMKi5kYi5leGFtcGxlMCAXDTI2MTEy
      ODAxMDg1MFoYDzIxMjYxMTA0MDEwODUwWjAmMQ0wCwYDVQQKDARDb3JwMRUwEwYD
      VQQDDAwqLmRiLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQA6vsE
      9MED2Ud20gljJaQIYRe+hxbfXCQ3fH2cjkt68Jmqkn3W2b292q0OoDEsz9xFNuel
      8RuHuJOzld8SwUzao2kwZzAdBgNVHQ4EFgQUp5Km0QY5GQtAFoyU3J9w4RRSHCAw
      HwYDVR0jBBgwFoAUp5Km0QY5GQtAFoyU3J9w4RRSHCAwFwYDVR0RBBAwDoIMKi5k
      Yi5leGFtcGxlMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAwRQIgCc6pcVzM
      vNh9OXIVac0DRvMqJvA8d4f2QRzfGl2Hk5gCIQC/hBV+wfZRISArm8PCBjZ4mns6
      t43SJTqBnVbfyAPBCw==
      -----END CERTIFICATE-----
      """;

  /** The name, then an organisation. */
  public static final String BEFORE_AN_ORGANISATION =
      """
      -----BEGIN CERTIFICATE-----
      MIIBujCCAV+gAwIBAgIUNSqFgfk7Y7u5zdGmfjfHTRDJIFUwCgYIKoZIzj0EAwIw
      JjEVMBMGA1UEAwwMKi5kYi5leGFtcGxlMQ0wCwYDVQQKDARDb3JwMCAXDTI2MTEy
      ODAxMDg1MFoYDzIxMjYxMTA0MDEwODUwWjAmMRUwEwYDVQQDDAwqLmRiLmV4YW1w
      bGUxDTALBgNVBAoMBENvcnAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASwmxe6
      8r/zQCR106FAclgH8JDTATlBQJJ8xjFveYq6HsJAk7a8s6cMSQbTYm+i7EwP9wJs
      +RK5RPDCpnKPxAWBo2kwZzAdBgNVHQ4EFgQUW5Y3PokMVXWS7+GhQwri2Y6wxiIw
      HwYDVR0jBBgwFoAUW5Y3PokMVXWS7+GhQwri2Y6wxiIwFwYDVR0RBBAwDoIMKi5k
      Yi5leGFtcGxlMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSQAwRgIhALYmjd+M
      PtoY8dVOX52K4wWw2vg1rfJvoeFTQCVvgwHqAiEApXDcIFIopvmZvYxSrC3Oh27w
      rZgp6LNnibq4Jgm+tDs=
      -----END CERTIFICATE-----
      """;

  /** The name of the domain without the wildcard. */
  public static final String OF_ONE_HOST =
      """
      -----BEGIN CERTIFICATE-----
      MIIBlzCCAT2gAwIBAgIUPZqhaYk27gbZPI2MhxmYLqlDkJkwCgYIKoZIzj0EAwIw
      FTETMBEGA1UEAwwKZGIuZXhhbXBsZTAgFw0yNjExMjgwMTA4NTBaGA8yMTI2MTEw
      NDAxMDg1MFowFTETMBEGA1UEAwwKZGIuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG
      SM49AwEHA0IABDuv0pnBUtChJuym6fz0qyi42pygnO+Srvpjm9BrXAJ8niazA+48
      MW5+PH367ur52Gs91UklFn9XowhTCNj8+vmjaTBnMB0GA1UdDgQWBBQZcvwA2jCY
      Sb71SlYV8YjMyEVegDAfBgNVHSMEGDAWgBQZcvwA2jCYSb71SlYV8YjMyEVegDAX
      BgNVHREEEDAOggwqLmRiLmV4YW1wbGUwDAYDVR0TAQH/BAIwADAKBggqhkjOPQQD
      AgNIADBFAiAyPphneOVxbiNSfwQPd16Xign7lmOISYA0v2qaQbVXAwIhAIJbCMQu
      s0NCt4G+xgDotpcj/uFQjOO+NmNmqc5upznB
      -----END CERTIFICATE-----
      """;

  private ProxyCertificates() {}
}
