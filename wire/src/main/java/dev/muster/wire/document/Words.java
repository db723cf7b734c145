package dev.muster.wire.document;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words that requests of several slices are made of. */
public final class Words {
  /** A capability, tool, region, job type or worker type. */
  public static final Kind<String> LABEL =
      Kinds.matching(
          Abilities.LABEL, 63, "a label: at most 63 letters, digits and any of . _ : / -");

  /** Capabilities or tools. */
  public static final Kind<List<String>> LABELS = Kinds.uniqueList(LABEL, Abilities.MOST_LABELS);

  /** The name of an agent. */
  public static final Kind<AgentName> AGENT_NAME =
      Kinds.matching(AgentName.PATTERN, 63, "a name: at most 63 letters, digits and any of . _ -")
          .as(AgentName::new);

  /** The short name of a tenant. */
  public static final Kind<TenantSlug> SLUG =
      Kinds.matching(
              TenantSlug.PATTERN, 63, "a slug: at most 63 lower-case letters, digits and inner -")
          .as(TenantSlug::new);

  /** The short name of a tenant, or {@code *} for any, which is empty. */
  public static final Kind<Optional<TenantSlug>> SLUG_OR_ANY =
      Kinds.matching(
              Pattern.compile("\\*|" + TenantSlug.PATTERN.pattern()), 63, "a slug, or * for any")
          .as(slug -> slug.equals("*") ? Optional.empty() : Optional.of(new TenantSlug(slug)));

  /** The id of a tenant. */
  public static final Kind<TenantId> TENANT_ID = Kinds.uuid().as(TenantId::new);

  /** The stable name of a kind of failure. */
  public static final Kind<String> ERROR_CLASS =
      Kinds.matching(
          Pattern.compile("[A-Za-z0-9_.-]+"), 64, "a name such as tool_failed, at most 64");

  /** The version of a program. */
  public static final Kind<String> VERSION =
      Kinds.matching(Pattern.compile("[\\x21-\\x7e]+"), 64, "a version of at most 64 characters");

  /** A sentence about what something is for. */
  public static final Kind<String> DESCRIPTION = Kinds.text(0, 200);

  private Words() {}
}
