package dev.muster.sandbox;

import tools.jackson.databind.JsonNode;

/**
 * What is to be run.
 *
 * @param source the body of a function in JavaScript; what it returns is the result
 * @param config what it finds as {@code config}; must not hold secrets
 */
public record Script(String source, JsonNode config) {}
