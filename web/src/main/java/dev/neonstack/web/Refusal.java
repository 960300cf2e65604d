package dev.neonstack.web;

/**
 * Why a request is not answered.
 *
 * @param status of HTTP
 * @param code a word for programs
 * @param message a sentence for people
 */
public record Refusal(int status, String code, String message) {
  private static final int LONGEST = 100;

  /** What a client sent, as a message can hold it. */
  static String shown(String text) {
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
