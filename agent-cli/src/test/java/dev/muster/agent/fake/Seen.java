package dev.muster.agent.fake;

import com.sun.net.httpserver.Headers;
import tools.jackson.databind.JsonNode;

/**
 * A request that the fake server got.
 *
 * @param call the last part of its path: {@code claim}, {@code heartbeat}, {@code status} ...
 */
public record Seen(String call, String path, Headers headers, JsonNode body) {}
