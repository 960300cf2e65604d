package dev.neonstack.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What shall run. The API server fills in its defaults; what has none is null where nobody gave it.
 *
 * @param tenantId the tenant in storage, 32 hexadecimal digits
 * @param timelineId the timeline in storage, 32 hexadecimal digits
 * @param pageserver host and port of the pageserver that has the tenant; without it storage is
 *     asked
 * @param resources what the pod gets
 * @param suspend when an idle server goes to sleep
 * @param suspended whether it shall sleep now
 * @param branch name of the branch, for people to read
 * @param image the image of compute_ctl and Postgres; without it the operator's own for the
 *     timeline's version
 * @param login the role and the database that are made
 * @param settings settings of PostgreSQL by name
 * @param logicalReplication whether changes can be decoded from the WAL
 * @param maintenance when a server that runs may be replaced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NeonComputeSpec(
    String tenantId,
    String timelineId,
    String pageserver,
    Resources resources,
    Suspend suspend,
    Boolean suspended,
    String branch,
    String image,
    Login login,
    Map<String, String> settings,
    Boolean logicalReplication,
    Maintenance maintenance) {}
