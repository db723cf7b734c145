package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Reads a search's filter: a text (RFC 4515), or JSON whose values are values and nothing else,
 * whatever stands in them. What is sent is the filter that was read, never its text.
 */
final class DirectoryFilter {
  private static final int LONGEST = 8_192;
  private static final int DEEPEST = 20;

  private final ConcealedAttributes concealed;

  DirectoryFilter(ConcealedAttributes concealed) {
    this.concealed = concealed;
  }

  Filter read(JsonNode given) throws RefusedException {
    if (given.isMissingNode()) {
      return Filter.createPresenceFilter("objectClass");
    }
    if (SecretReferences.occurIn(given.toString())) {
      throw RefusedException.notAllowedHere("a secret may not be part of a filter");
    }
    Filter filter = given.isString() ? parsed(given.stringValue()) : built(given, 0);
    check(filter);
    return filter;
  }

  private static Filter parsed(String text) throws RefusedException {
    if (text.length() > LONGEST) {
      throw RefusedException.invalidPayload("the filter is too long");
    }
    try {
      return Filter.create(text);
    } catch (LDAPException notAFilter) {
      throw RefusedException.invalidPayload("filter is not a filter as RFC 4515 writes them");
    }
  }

  private static Filter built(JsonNode node, int depth) throws RefusedException {
    if (!node.isObject() || node.size() != 1 || depth > DEEPEST) {
      throw RefusedException.invalidPayload(
          "a filter is a text, or objects of one key each, at most " + DEEPEST + " deep");
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    JsonNode inner = only.getValue();
    return switch (only.getKey()) {
      case "and" -> Filter.createANDFilter(all(inner, depth));
      case "or" -> Filter.createORFilter(all(inner, depth));
      case "not" -> Filter.createNOTFilter(built(inner, depth + 1));
      case "present" -> Filter.createPresenceFilter(inner.asString(""));
      default -> compared(only.getKey(), inner);
    };
  }

  private static List<Filter> all(JsonNode list, int depth) throws RefusedException {
    if (!list.isArray()) {
      throw RefusedException.invalidPayload("\"and\" and \"or\" of a filter hold lists");
    }
    List<Filter> filters = new ArrayList<>();
    for (JsonNode each : list) {
      filters.add(built(each, depth + 1));
    }
    return filters;
  }

  private static Filter compared(String how, JsonNode with) throws RefusedException {
    if (!with.isObject() || with.size() != 1 || !with.iterator().next().isString()) {
      throw RefusedException.invalidPayload("a filter compares one attribute with one text");
    }
    Map.Entry<String, JsonNode> pair = with.properties().iterator().next();
    String attribute = pair.getKey();
    String value = pair.getValue().stringValue();
    return switch (how) {
      case "equals" -> Filter.createEqualityFilter(attribute, value);
      case "starts_with" -> Filter.createSubInitialFilter(attribute, value);
      case "contains" -> Filter.createSubAnyFilter(attribute, value);
      case "ends_with" -> Filter.createSubFinalFilter(attribute, value);
      case "at_least" -> Filter.createGreaterOrEqualFilter(attribute, value);
      case "at_most" -> Filter.createLessOrEqualFilter(attribute, value);
      default ->
          throw RefusedException.invalidPayload(
              "a filter knows and, or, not, present, equals, starts_with, contains, ends_with,"
                  + " at_least and at_most");
    };
  }

  /** Who may ask whether a password begins with a letter has it after a few hundred questions. */
  private void check(Filter filter) throws RefusedException {
    switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
        for (Filter part : filter.getComponents()) {
          check(part);
        }
      }
      case Filter.FILTER_TYPE_NOT -> check(Objects.requireNonNull(filter.getNOTComponent()));
      default -> {
        String attribute = filter.getAttributeName();
        if (attribute == null) {
          throw RefusedException.notAllowedHere(
              "a filter must name the attributes that it is about");
        }
        if (concealed.contains(AttributeNames.checked(attribute))) {
          throw RefusedException.notAllowedHere("a filter may not be about passwords or keys");
        }
      }
    }
  }
}
