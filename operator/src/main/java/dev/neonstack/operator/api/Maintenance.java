package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.util.List;

/**
 * When a server that runs with an older image, size or settings may be replaced though it is awake.
 *
 * @param start time of day in UTC, such as 02:30
 * @param minutes length of the window, 10 to 1440
 * @param days days on which it opens; null and none at all mean every day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Maintenance(String start, Integer minutes, List<DayOfWeek> days) {}
