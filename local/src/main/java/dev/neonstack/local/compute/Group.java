package dev.neonstack.local.compute;

import java.sql.SQLException;

/**
 * The group of all roles that the control plane makes. It may do what an owner of all databases
 * could, and nothing that reaches the machine.
 */
final class Group {

  /** Its name, which is Neon's. */
  static final String NAME = "neon_superuser";

  /**
   * Before PostgreSQL 16, whoever may make roles may grant any but a superuser. The roles that
   * reach files and programs of the machine are made superusers there, so that none but a superuser
   * can grant them; they cannot log in themselves.
   */
  private static final String SHUT_THE_MACHINE =
      """
      IF major < 16 THEN
        FOR found IN
          SELECT r.rolname AS granted, m.rolname AS member
          FROM pg_auth_members a
          JOIN pg_authid r ON r.oid = a.roleid
          JOIN pg_authid m ON m.oid = a.member
          WHERE r.rolname = ANY (machine) AND NOT m.rolsuper
        LOOP
          EXECUTE format('REVOKE %I FROM %I', found.granted, found.member);
        END LOOP;
        UPDATE pg_authid SET rolsuper = true WHERE rolname = ANY (machine) AND NOT rolsuper;
      END IF;
      """;

  private static final String MAKE =
      """
      IF NOT EXISTS (SELECT FROM pg_authid WHERE rolname = 'neon_superuser') THEN
        CREATE ROLE neon_superuser NOLOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS;
      END IF;
      FOR found IN
        SELECT r.rolname, r.rolname = ANY (handed_on) AS with_admin
        FROM pg_authid r
        WHERE r.rolname = ANY (handed_on || used)
        AND NOT EXISTS (
          SELECT FROM pg_auth_members a
          WHERE a.roleid = r.oid AND a.member = 'neon_superuser'::regrole)
      LOOP
        EXECUTE format('GRANT %I TO neon_superuser', found.rolname)
          || CASE WHEN found.with_admin THEN ' WITH ADMIN OPTION' ELSE '' END;
      END LOOP;
      """;

  /** A database for which nobody has granted or revoked anything. */
  private static final String LET_INTO_DATABASES =
      """
      FOR found IN
        SELECT datname FROM pg_database
        WHERE datacl IS NULL AND datname NOT IN ('template0', 'template1')
        AND datconnlimit <> -2
      LOOP
        EXECUTE format('GRANT ALL ON DATABASE %I TO neon_superuser', found.datname);
      END LOOP;
      """;

  private static final String PREPARE =
      """
      DO $prepare$
      DECLARE
        major CONSTANT int := current_setting('server_version_num')::int / 10000;
        machine CONSTANT name[] := ARRAY[
          'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'];
        handed_on CONSTANT name[] := ARRAY['pg_monitor', 'pg_signal_backend'];
        used CONSTANT name[] := ARRAY[
          'pg_read_all_data', 'pg_write_all_data', 'pg_create_subscription', 'pg_maintain'];
        found record;
      BEGIN
      """
          + SHUT_THE_MACHINE
          + MAKE
          + LET_INTO_DATABASES
          + "END $prepare$";

  private Group() {}

  /** Sees to it that the group is there as it should be; touches only what differs. */
  static void prepare(Server server) throws SQLException {
    server.execute(PREPARE);
  }
}
