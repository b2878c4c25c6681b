#!/bin/sh
# Builds the page into dist/; installs what that needs when the lock file has changed. Run by eng/Page.targets, under a lock.
set -eu
cd "$(dirname "$0")"

# Another build may have done it all while this one waited.
if [ -f dist/.built ] && [ -z "$(find src public index.html ./*.js ./*.json .npmrc ../docs/openapi.json -newer dist/.built -print -quit)" ]; then
  exit 0
fi
touch .started
trap 'rm -f .started' EXIT
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-progress --loglevel=error
  cp package-lock.json node_modules/.installed
fi
node_modules/.bin/vite build --logLevel warn
# The time of the sources as read: an edit made meanwhile leaves the page stale.
touch -r .started dist/.built
