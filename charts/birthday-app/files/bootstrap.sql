-- The application's role, in the database that psql is connected to: made where it is missing, and given one way to log in. Safe to run
-- again. Variables of psql: user; login, `password` or `iam`. In password mode the password comes from standard input, twice.
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I LOGIN', :'user') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \gexec

-- The application makes and owns its tables; since PostgreSQL 15 not everybody may.
SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), :'user') \gexec
SELECT format('GRANT USAGE, CREATE ON SCHEMA public TO %I', :'user') \gexec

SELECT :'login' = 'iam' AS iam \gset
\if :iam
  BEGIN;
  SELECT format('ALTER ROLE %I PASSWORD NULL', :'user') \gexec
  SELECT format('GRANT rds_iam TO %I', :'user')
    WHERE NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole AND member = to_regrole(:'user')) \gexec
  COMMIT;
\else
  -- First out with the token, so that there is no moment with both.
  SELECT format('REVOKE %I FROM %I', granted.rolname, :'user')
    FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid
    WHERE granted.rolname = 'rds_iam' AND member = to_regrole(:'user') \gexec
  -- Not ALTER ROLE … PASSWORD '…': psql sends \password's hashed, so no statement that a log may hold says it in clear.
  \password :user
\endif
