package dev.muster.agent.connector.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Searches page by page (RFC 2696), until there is no more or no more fits. */
final class LdapSearch {
  private final LDAPConnection connection;
  private final LdapServer server;
  private final LdapLimits limits;

  LdapSearch(LDAPConnection connection, LdapServer server, LdapLimits limits) {
    this.connection = connection;
    this.server = server;
    this.limits = limits;
  }

  ObjectNode run(LdapRequest.Search search) throws LDAPException {
    SearchCollector found =
        new SearchCollector(server.concealed(), search.entries(), limits.bytes());
    try {
      ASN1OctetString cookie = page(search, found, null);
      while (cookie != null && cookie.getValueLength() > 0) {
        cookie = page(search, found, cookie);
      }
    } catch (SearchCollector.FullException full) {
      // What fits is the result, and says so.
    } catch (LDAPSearchException refused) {
      if (!refused.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        throw refused;
      }
      found.cutShort("server");
    }
    return found.result();
  }

  private @Nullable ASN1OctetString page(
      LdapRequest.Search search, SearchCollector found, @Nullable ASN1OctetString cookie)
      throws LDAPException {
    int most = Math.min(limits.page(), search.entries() - found.count() + 1);
    SearchRequest request =
        new SearchRequest(
            found,
            new Control[] {new SimplePagedResultsControl(most, cookie)},
            search.base(),
            search.scope(),
            // An alias would lead to where the limits do not look.
            DereferencePolicy.NEVER,
            0,
            (int) Math.min(Integer.MAX_VALUE, limits.time().toSeconds()),
            false,
            search.filter(),
            search.attributes().toArray(String[]::new));
    request.setFollowReferrals(false);
    SearchResult result = connection.search(request);
    SimplePagedResultsControl next = SimplePagedResultsControl.get(result);
    return next == null ? null : next.getCookie();
  }
}
