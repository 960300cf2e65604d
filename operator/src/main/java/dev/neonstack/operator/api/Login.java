package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The role and the database that are made for who connects.
 *
 * @param role name of the role; {@code app} where nothing is given
 * @param database name of the database, which the role owns; {@code app} where nothing is given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Login(String role, String database) {}
