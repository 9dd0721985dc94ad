# Shared by the scripts here. To be sourced, with the checkout as the working directory.
#
# Every step is printed with its time. One that fails says which command would fix it.
# Steps look first and act only on what is missing: a second start takes seconds.

# Also when called from a Git hook or with an IDE's variables: nothing of theirs belongs here.
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

[[ -t 1 ]] || export NO_COLOR=1  # plain lines where they are kept

PYTHONS=(3.11 3.12 3.13)  # in the order of preference; pyproject.toml says the same
START=$SECONDS

# say TEXT: a line about what goes on, with the time since the start.
say() {
    printf '[%3d s] %s\n' $((SECONDS - START)) "$*"
}

# stop WHAT FIX: end, with what happened and the command that would fix it.
stop() {
    printf '\n%s\nTo fix it: %s\nThen run this again: what is done is not done twice.\n' \
        "$1" "$2" >&2
    exit 1
}

# step NAME COMMAND...: run a step and print how long it took. Returns the command's status.
step() {
    local name=$1 before=$EPOCHREALTIME status=0
    shift
    say "$name"
    "$@" </dev/null || status=$?
    local took=$(((${EPOCHREALTIME/[.,]/} - ${before/[.,]/}) / 100000))
    printf '        %s: %s, %d.%d s\n' "$name" "$( ((status == 0)) && echo done || echo FAILED)" \
        $((took / 10)) $((took % 10))
    return "$status"
}

# --- the machine ---------------------------------------------------------------------------

# installed PACKAGE|OTHER: whether Debian has one of them installed.
installed() {
    local package
    for package in ${1//|/ }; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] &&
            return 0
    done
    return 1
}

# as_root COMMAND...: run it as root, with sudo where that is needed.
as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

# need_packages PACKAGE...: install those of Debian's packages that are missing. NEW|OLD is one
# package under the names that it has in different releases.
need_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian; these have to be here: $*"
        return 0
    fi
    local wanted missing=() name
    for wanted in "$@"; do
        installed "$wanted" || missing+=("$wanted")
    done
    ((${#missing[@]})) || return 0
    say "Debian packages that are missing: ${missing[*]}"
    mkdir -p .build
    local fix="sudo apt-get update && sudo apt-get install -y ${missing[*]%%|*}"
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        stop "Packages have to be installed, which needs root, and there is no sudo." \
            "as root, ${fix//sudo /}"
    fi
    step "apt-get update" as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq ||
        stop "The list of Debian's packages could not be fetched." "sudo apt-get update"
    local names=() chosen
    for wanted in "${missing[@]}"; do
        chosen=${wanted%%|*}
        for name in ${wanted//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then
                chosen=$name
                break
            fi
        done
        names+=("$chosen")
    done
    step "apt-get install" apt_install "${names[@]}" ||
        stop "Debian's packages could not be installed; .build/apt.log says more." "$fix"
}

# apt_install PACKAGE...: quietly, and nothing that is only recommended.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        "$@" >.build/apt.log 2>&1
}

# What Qt's xcb and offscreen screens load, and the fonts behind our own.
SCREEN_PACKAGES=(
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1
    libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1 libegl1
    libgl1 libopengl0 libdbus-1-3 libpulse0
    "libglib2.0-0t64|libglib2.0-0" libfontconfig1 libfreetype6 fonts-inter fonts-dejavu-core
)
# A whole desktop for the tests: screen, mouse, session bus, screen reader's bus, browser.
# libatomic1: what Playwright's own Node.js is linked with.
# pulseaudio: for tests that call.
TEST_PACKAGES=(
    xvfb xauth xdotool x11-utils dbus at-spi2-core chromium libatomic1
    pulseaudio pulseaudio-utils
)
# The voice: speech-dispatcher, which Qt speaks to, and a synthesizer that knows Swedish.
SPEECH_PACKAGES=(libspeechd2 speech-dispatcher speech-dispatcher-espeak-ng)

# What Qt WebEngine loads, for a web checkout as the till.
WEB_PACKAGES=(
    libnss3 libnspr4 "libasound2t64|libasound2" libxcomposite1 libxdamage1 libxrandr2 libxtst6
    libxkbfile1 libgbm1
)

# --- Python --------------------------------------------------------------------------------

# python_works PROGRAM VERSION: whether it runs, is that version, and can make environments.
# pyenv puts programs on the PATH that only say that they are not there.
python_works() {
    "$1" -c "import sys, ssl, sqlite3, venv, ensurepip
sys.exit('%d.%d' % sys.version_info[:2] != '$2')" >/dev/null 2>&1
}

# python_of VERSION: print the path of a working Python of that version.
python_of() {
    local candidate root=
    command -v pyenv >/dev/null && root=$(pyenv root 2>/dev/null)
    for candidate in $(type -ap "python$1") ${root:+"$root"/versions/"$1"*/bin/"python$1"}; do
        if [[ -x $candidate ]] && python_works "$candidate" "$1"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

# find_python: set PYTHON to the first of the versions that is here, or install Debian's.
find_python() {
    local version
    for version in "${PYTHONS[@]}"; do
        PYTHON=$(python_of "$version") && return 0
    done
    need_packages python3 python3-venv
    for version in "${PYTHONS[@]}"; do
        PYTHON=$(python_of "$version") && return 0
    done
    stop "No Python of ${PYTHONS[*]} was found that can make environments." \
        "sudo apt-get install -y python3 python3-venv"
}

# make_venv DIRECTORY PYTHON [OPTION...]: an environment, if there is none that works.
make_venv() {
    "$1/bin/python" -c '' >/dev/null 2>&1 && return 0
    rm -rf "$1"
    "$2" -m venv "${@:3}" "$1"
}

# pip_of DIRECTORY ARGUMENTS...: that environment's pip. A machine may have a further index in a
# directory, which has not every package; pip says so once for each of them, to no use.
pip_of() {
    local python=$1/bin/python
    shift
    "$python" -m pip "$@" 2> >(grep -v 'is ignored: it is neither a file nor a directory' >&2)
}

# stamped FILE TEXT / stamp FILE TEXT: whether a step was done for just this; that it was.
stamped() {
    [[ -f $1 && $(<"$1") == "$2" ]]
}
stamp() {
    printf '%s\n' "$2" >"$1"
}

# need_uv: what installs packages, by its own lock, in an environment of its own. It takes seconds
# where pip takes a minute.
need_uv() {
    local lock=deploy/locks/uv.txt text
    text=$(sha256sum "$lock")
    stamped .build/uv/locked "$text" && return 0
    find_python
    rm -rf .build/uv
    step "uv" make_uv "$lock" ||
        stop "uv, which installs the packages, could not be installed." \
            "$PYTHON -m venv .build/uv && .build/uv/bin/pip install --require-hashes -r $lock"
    stamp .build/uv/locked "$text"
}
make_uv() {
    make_venv .build/uv "$PYTHON" &&
        pip_of .build/uv install --quiet --require-hashes --only-binary :all: -r "$1"
}

# install DIRECTORY ARGUMENTS...: install into that environment.
install() {
    .build/uv/bin/uv pip install --quiet --python "$1/bin/python" "${@:2}"
}

# install_locked DIRECTORY LOCK: just what the lock says. A machine whose packages come from an
# index that only pip has been told of is served by pip, in its own time.
install_locked() {
    local wanted=(--require-hashes --no-deps --only-binary :all: -r "deploy/locks/$2")
    install "$1" "${wanted[@]}" && return 0
    say "uv could not; pip tries"
    "$1/bin/python" -m ensurepip >/dev/null && pip_of "$1" install --quiet "${wanted[@]}"
}

# need_locked DIRECTORY LOCK: bring the environment to what the lock says.
need_locked() {
    local venv=$1 lock=$2 text
    text=$(sha256sum "deploy/locks/$lock")
    # One stamp for each lock: they hold the same versions, so one does not undo the other.
    stamped "$venv/locked-$lock" "$text" && return 0
    need_uv
    step "Python packages of $lock into $venv" install_locked "$venv" "$lock" ||
        stop "The Python packages could not be installed." \
            "$venv/bin/python -m pip install --require-hashes --no-deps -r deploy/locks/$lock"
    stamp "$venv/locked-$lock" "$text"
}

# need_environment LOCK: .venv with a Python that fits, the locked packages and this checkout.
need_environment() {
    mkdir -p .build
    if ! .venv/bin/python -c '' >/dev/null 2>&1; then
        find_python
        step "environment .venv of $("$PYTHON" -V)" make_venv .venv "$PYTHON" ||
            stop "The environment .venv could not be made." "rm -rf .venv && $PYTHON -m venv .venv"
    fi
    need_locked .venv "$1"
    need_built
    need_checkout .venv
}

# need_checkout DIRECTORY: this checkout in the environment, editable.
need_checkout() {
    local text
    text="$PWD $(sha256sum pyproject.toml)"
    stamped "$1/checkout" "$text" && return 0
    need_uv
    step "this checkout into $1" install "$1" --no-deps --no-index --no-build-isolation \
        --editable . ||
        stop "The checkout could not be installed." "rm -rf $1"
    stamp "$1/checkout" "$text"
}

# need_built: catalogues and console, where they are older than what they are made of.
need_built() {
    if .venv/bin/python deploy/build_hook.py --check; then
        return 0
    fi
    if ! .venv/bin/python deploy/build_hook.py --node >/dev/null 2>&1; then
        rm -f .venv/locked-node.txt
        need_locked .venv node.txt
    fi
    step "catalogues and console" .venv/bin/python deploy/build_hook.py ||
        stop "Catalogues and console could not be built." ".venv/bin/python deploy/build_hook.py"
}
