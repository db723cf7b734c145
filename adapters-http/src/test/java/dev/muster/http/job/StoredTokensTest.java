package dev.muster.http.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import org.junit.jupiter.api.Test;

class StoredTokensTest {
  private static final String FIRST = "019d371a-65cb-744f-9183-a0e96634ac85";
  private static final String SECOND = "019d371a-65cb-744f-9183-a0e96634ac86";

  @Test
  void each_job_gets_its_token_and_payloads_stay_as_they_are() {
    var stored =
        """
        {"jobs":[
        {"job":{"id":"%s","payload":{"auth_token":null,"id":"x","n":1.50e3,"u":"\\u00e9é"}},\
        "auth_token":null,"status":"queued"},
        {"job":{"id":"%s","payload":{"job":{"id":"y"},"t":[{"auth_token":null}]}},\
        "auth_token":null,"queue":{"position":null}}]}
        """
            .formatted(FIRST, SECOND);

    var filled = StoredTokens.fillIn(stored, id -> Secret.of("token-of-" + id));

    assertThat(filled)
        .isEqualTo(
            stored
                .replace(
                    "},\"auth_token\":null,\"status\"",
                    "},\"auth_token\":\"token-of-" + FIRST + "\",\"status\"")
                .replace(
                    "},\"auth_token\":null,\"queue\"",
                    "},\"auth_token\":\"token-of-" + SECOND + "\",\"queue\""));
    assertThat(filled).contains(FIRST + "\",\"status\"").contains(SECOND + "\",\"queue\"");
  }
}
