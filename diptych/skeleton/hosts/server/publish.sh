#!/bin/sh
# Builds the site and copies it to the server: ./publish.sh name@host:/srv/www/
# From cron, once a night, it also moves on what is past in the agenda.
set -eu
cd "$(dirname "$0")"
make site
rsync --archive --delete --delay-updates public/ "$1"
