package dev.muster.agent.api;

import java.util.List;

/**
 * What a claim brought.
 *
 * @param jobs the jobs given, possibly none
 * @param control what the server wants done, in order
 */
public record ClaimAnswer(List<ClaimedJob> jobs, List<Control> control) {}
