-- For SQLite and PostgreSQL alike. A body is JSON; in PostgreSQL it is read with: body::jsonb ->> 'name'

-- One row: who may write. Every write checks and renews it. Times are in milliseconds of the database's own clock.
create table leader (
  id integer primary key check (id = 1),
  epoch bigint not null,
  holder text not null,
  until_ms bigint not null
);
insert into leader (id, epoch, holder, until_ms) values (1, 0, '', 0);

create table counter (
  name text primary key,
  value bigint not null
);
insert into counter (name, value) values ('last_database_id', 0);

create table project (
  id text primary key,
  body text not null
);

create table branch (
  project_id text not null,
  id text not null,
  body text not null,
  primary key (project_id, id)
);

create table endpoint (
  id text primary key,
  body text not null
);

create table operation (
  id text primary key,
  body text not null
);

-- Catalog files of earlier versions whose content is in these tables, by the SHA-256 of their bytes.
create table taken_over (
  digest text primary key
);
