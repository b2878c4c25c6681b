#!/usr/bin/env bash
# page-picture.sh: makes docs/images/page.png anew: a real agent, traffic of a test, Debian's Chromium. Needs root.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
RHEO_PICTURE=$PWD/docs/images/page.png exec ./dev test ItCanBePictured
