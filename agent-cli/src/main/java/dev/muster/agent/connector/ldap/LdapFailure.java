package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.JobContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes a job's outcome of what went wrong with a directory. */
final class LdapFailure {
  private static final int LONGEST_REASON = 300;

  private LdapFailure() {}

  static Failed of(
      LDAPException failure, LdapServer server, LdapLimits limits, JobContext context) {
    if (isTls(failure)) {
      return new Failed("ldap_tls", "no trusted connection to " + server.url(), false);
    }
    ResultCode code = failure.getResultCode();
    if (code.isClientSideResultCode()) {
      return ownSide(code, failure, server, limits);
    }
    return new Failed(errorClass(code.intValue()), said(failure, context), isWorthARetry(code));
  }

  /** What the server's result codes (RFC 4511, 4.1.9) mean to whoever sent the job. */
  private static String errorClass(int code) {
    return switch (code) {
      case 3 -> "ldap_time_limit";
      case 10 -> "ldap_referral";
      case 16, 17, 18, 19, 20, 21, 34, 64, 65, 66, 67, 69 -> "ldap_invalid_change";
      case 32 -> "ldap_no_such_object";
      case 48, 49 -> "ldap_invalid_credentials";
      case 8, 13, 50 -> "ldap_insufficient_rights";
      case 51, 52 -> "ldap_unavailable";
      case 68 -> "ldap_entry_exists";
      default -> "ldap_refused";
    };
  }

  private static boolean isWorthARetry(ResultCode code) {
    return switch (code.intValue()) {
      case 3, 51, 52 -> true;
      default -> false;
    };
  }

  private static Failed ownSide(
      ResultCode code, LDAPException failure, LdapServer server, LdapLimits limits) {
    String text = failure.getExceptionMessage();
    if (text.contains(String.valueOf(limits.bytes()))) {
      return new Failed(
          "response_too_large",
          "one message of the server has more than " + limits.bytes() + " bytes",
          false);
    }
    return switch (code.intValue()) {
      case ResultCode.TIMEOUT_INT_VALUE ->
          new Failed("run_timeout", "no whole answer before the time was up", true);
      case ResultCode.SERVER_DOWN_INT_VALUE, ResultCode.CONNECT_ERROR_INT_VALUE ->
          new Failed("ldap_unreachable", "no connection to " + server.url(), true);
      default -> new Failed("ldap_protocol", "what " + server.url() + " says is not LDAP", false);
    };
  }

  // Redacted before it is cut, because half of a secret would not be recognised.
  private static String said(LDAPException failure, JobContext context) {
    ResultCode code = failure.getResultCode();
    String known = "LDAP result " + code.intValue() + " (" + code.getName() + ")";
    String told = known + after(": ", failure.getDiagnosticMessage(), context);
    return code.equals(ResultCode.REFERRAL)
        ? told
            + "; referrals are not followed"
            + after(": ", String.join(" ", failure.getReferralURLs()), context)
        : told;
  }

  private static String after(String before, @Nullable String said, JobContext context) {
    if (said == null || said.isBlank()) {
      return "";
    }
    String safe = context.redacted(said.replaceAll("\\p{Cntrl}+", " ").strip());
    return before + safe.substring(0, Math.min(LONGEST_REASON, safe.length()));
  }

  private static boolean isTls(LDAPException failure) {
    @Nullable Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SSLException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
