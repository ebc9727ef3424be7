#!/bin/sh
# Print the first Python that can make convwidgets' environment: 3.11 or newer, with venv and ensurepip.
# Arguments: the candidates; none means every name that such a Python usually has.
# A candidate must run and say its version: launchers that only pretend to be a Python are passed over.

[ $# -gt 0 ] || set -- python3.14 python3.13 python3.12 python3.11 python3 python
seen=""
without_venv=""
for candidate in "$@"; do
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    seen="$seen $candidate ($version)"
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$candidate"
        exit 0
    fi
    without_venv="$version"
done
if [ -n "$without_venv" ]; then
    echo "Python $without_venv is here, but not its venv module. On Debian and Ubuntu:" \
        "apt-get install python$without_venv-venv" >&2
elif [ -n "$seen" ]; then
    echo "convwidgets needs Python 3.11 or newer; found only:$seen." \
        "Install one, or name one: make PYTHON=/path/to/python3.12 …" >&2
else
    echo "No Python found (tried: $*). Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12 …" >&2
fi
exit 1
