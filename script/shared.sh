# What script/setup, script/server and script/test have in common; sourced, never run.

VENV=".venv"
VAR="${PORTAL_VAR_DIR:-var}"

say() { printf '%s\n' "$*"; }
stop_with() { printf '%s\n' "$*" >&2; exit 1; }

# Prints the first Python 3.11 or later; the clone's own virtual environment comes first once it is there.
find_python() {
    local candidate
    for candidate in "${PYTHON:-}" "$VENV/bin/python" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    stop_with "Python 3.11 or later was not found: install it (on Debian and Ubuntu: sudo apt-get install python3 python3-venv), or name it with PYTHON=/path/to/python."
}

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1; }; }

# install_packages WHAT PACKAGE...: installs the distribution's packages where that is allowed, else says the command.
install_packages() {
    local what="$1" as_root=""
    shift
    if ! may_install; then
        command -v apt-get >/dev/null 2>&1 ||
            stop_with "$what: install your system's packages for $*, then run this again."
        stop_with "$what: run 'sudo apt-get install -y $*', then run this again."
    fi
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    say "Installing $* ..."
    mkdir -p "$VAR"
    # The list of packages may be missing (a container) or old (a machine): fetch it when the first try fails.
    apt_install "$as_root" "$@" ||
        { $as_root apt-get update && apt_install "$as_root" "$@"; } >>"$VAR/setup.log" 2>&1 ||
        stop_with "$what: 'apt-get install $*' failed; its own words are in $VAR/setup.log (is there a network?)."
}

apt_install() {
    local as_root="$1"
    shift
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$VAR/setup.log" 2>&1
}
