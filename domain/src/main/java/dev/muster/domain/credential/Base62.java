package dev.muster.domain.credential;

import java.math.BigInteger;

/** Numbers in the digits 0-9, A-Z, a-z, most significant first, padded with zeros. */
final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(62);

  private Base62() {}

  static String encode(BigInteger number, int length) {
    char[] digits = new char[length];
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] quotientAndDigit = rest.divideAndRemainder(BASE);
      digits[i] = DIGITS.charAt(quotientAndDigit[1].intValue());
      rest = quotientAndDigit[0];
    }
    if (rest.signum() != 0) {
      throw new IllegalArgumentException("number does not fit into " + length + " digits");
    }
    return new String(digits);
  }

  static boolean isDigits(String text) {
    return text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
  }
}
