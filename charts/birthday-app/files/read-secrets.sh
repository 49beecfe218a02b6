# Reads the secrets into files of CREDENTIALS, a folder in memory that ends with the pod. Run with the AWS CLI's image.
set -eu
umask 077

read_secret() { # ARN or name, prefix of the files
	aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text >"$CREDENTIALS/$2.json"
	jq --exit-status --raw-output .username "$CREDENTIALS/$2.json" >"$CREDENTIALS/$2-username"
	jq --exit-status --raw-output .password "$CREDENTIALS/$2.json" >"$CREDENTIALS/$2-password"
	rm "$CREDENTIALS/$2.json"
}

read_secret "$MASTER_SECRET" master
if [ "$DATABASE_LOGIN" = password ]; then
	read_secret "$APPLICATION_SECRET" application
	if [ "$(cat "$CREDENTIALS/application-username")" != "$DATABASE_USER" ]; then
		echo "secret $APPLICATION_SECRET is for user '$(cat "$CREDENTIALS/application-username")', but the application logs in as" \
			"'$DATABASE_USER': make database.user and the secret's username the same" >&2
		exit 1
	fi
fi
