package dev.muster.wire.json;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer an RFC 6901 pointer into the body; {@code ?name} for a query parameter and {@code
 *     Name:} for a header
 * @param message what is wrong, for a person; never repeats the value, which may be a secret
 */
public record FieldProblem(String pointer, String message) {}
