# Makes the application's role, or renews its login. Run with PostgreSQL's image; PGHOST and its like stand in the environment.
set -eu
user() { cat "$CREDENTIALS/$1-username"; }
password() { cat "$CREDENTIALS/$1-password"; }

bootstrap() {
	PGUSER=$(user master) PGPASSWORD=$(password master) psql --no-psqlrc --quiet \
		--set user="$DATABASE_USER" --set login="$DATABASE_LOGIN" --file "$SCRIPTS/bootstrap.sql"
}

if [ "$DATABASE_LOGIN" = password ]; then
	# Twice, as psql's \password asks for it.
	{ password application; password application; } | bootstrap
	PGUSER=$DATABASE_USER PGPASSWORD=$(password application) psql --no-psqlrc --quiet --no-password --command 'SELECT' >/dev/null
	echo "role $DATABASE_USER logs in with the password of the secret"
else
	bootstrap </dev/null
	echo "role $DATABASE_USER logs in by IAM"
fi
