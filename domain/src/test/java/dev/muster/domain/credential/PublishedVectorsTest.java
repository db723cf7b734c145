package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The primitives as they are used here, against the values that their authors published. */
class PublishedVectorsTest {
  private static final String KEY = "feffe9928665731c6d6a8f9467308308".repeat(2);
  private static final String NONCE = "cafebabefacedbaddecaf888";
  private static final String PLAIN =
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
  private static final String CIPHER =
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";

  @Test
  void hkdf_gives_the_keys_of_rfc_5869() {
    assertThat(hkdf("0b".repeat(22), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9", 42))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    assertThat(hkdf(counting(0x00, 80), counting(0x60, 80), counting(0xb0, 80), 82))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
    assertThat(hkdf("0b".repeat(22), "", "", 42))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  @ParameterizedTest
  @CsvSource({
    "0b*20,Hi There,b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "4a656665*1,what do ya want for nothing?,"
        + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "aa*131,Test Using Larger Than Block-Size Key - Hash Key First,"
        + "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  })
  void hmac_gives_the_codes_of_rfc_4231(String repeatedKey, String message, String code) {
    String[] key = repeatedKey.split("\\*");

    assertThat(
            HmacSha256.of(
                hex(key[0].repeat(Integer.parseInt(key[1]))),
                message.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(hex(code));
  }

  @Test
  void hmac_gives_the_codes_of_rfc_4231_for_binary_messages() {
    assertThat(HmacSha256.of(hex("aa".repeat(20)), hex("dd".repeat(50))))
        .isEqualTo(hex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
    assertThat(HmacSha256.of(hex(counting(1, 25)), hex("cd".repeat(50))))
        .isEqualTo(hex("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"));
  }

  @Test
  void pbkdf2_gives_the_keys_of_rfc_7914() {
    assertThat(pbkdf2("passwd", "salt", 1))
        .isEqualTo(
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
    assertThat(pbkdf2("Password", "NaCl", 80_000))
        .isEqualTo(
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d");
  }

  private static String pbkdf2(String phrase, String salt, int iterations) {
    byte[] salted = salt.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(PassPhrase.derive(phrase, salted, iterations, 64));
  }

  @Test
  void aes_256_gcm_gives_the_ciphertexts_of_its_authors() {
    String zeros = "00".repeat(32);
    assertThat(seal(zeros, "00".repeat(12), "", "")).isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
    assertThat(seal(zeros, "00".repeat(12), "", "00".repeat(16)))
        .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919");
    assertThat(seal(KEY, NONCE, "", PLAIN)).isEqualTo(CIPHER + "b094dac5d93471bdec1a502270e3cc6c");
    assertThat(
            seal(KEY, NONCE, "feedfacedeadbeeffeedfacedeadbeefabaddad2", PLAIN.substring(0, 120)))
        .isEqualTo(CIPHER.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b");
  }

  @Test
  void aes_256_gcm_opens_what_its_authors_sealed() {
    byte[] sealed = hex(CIPHER.substring(0, 120) + "76fc6ece0f4e1768cddf8853bb2d551b");

    assertThat(
            AesGcm.open(
                hex(KEY), hex(NONCE), hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"), sealed))
        .hasValueSatisfying(plain -> assertThat(plain).isEqualTo(hex(PLAIN.substring(0, 120))));
  }

  private static String hkdf(String material, String salt, String info, int length) {
    return HexFormat.of().formatHex(HkdfSha256.derive(hex(material), hex(salt), hex(info), length));
  }

  private static String seal(String key, String nonce, String additional, String plain) {
    return HexFormat.of().formatHex(AesGcm.seal(hex(key), hex(nonce), hex(additional), hex(plain)));
  }

  private static String counting(int first, int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append(HexFormat.of().toHexDigits((byte) (first + i)));
    }
    return hex.toString();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
