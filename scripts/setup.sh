#!/bin/sh
# Prepares .venv/ for building the site or for running the tests.
#
#   scripts/setup.sh site    what building the site needs
#   scripts/setup.sh test    that, the test tools, a Chromium, a Japanese font, and checkers of pages that run on Node.js
#
# Exit status: 0 ready, 1 a step failed, 2 wrong usage, 3 something must be installed by hand.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# fail STATUS JAPANESE ENGLISH [COMMAND]
fail() {
    say "エラー: $2"
    say "Error: $3"
    if [ $# -gt 3 ]; then say "    $4"; fi
    exit "$1"
}

is_root() { [ "$(id -u)" -eq 0 ]; }
has_apt() { command -v apt-get >/dev/null 2>&1; }
is_ubuntu() { [ -r /etc/os-release ] && grep -q '^ID=ubuntu' /etc/os-release; }

# quietly COMMAND...: shows what the command said only when it fails.
quietly() {
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
}

apt_install() {
    { quietly apt-get update &&
        quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } ||
        fail 1 "apt-get で $* をインストールできませんでした。" "apt-get could not install $*."
}

hash_of() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1" | cut -d ' ' -f 1
    else
        shasum -a 256 <"$1" | cut -d ' ' -f 1
    fi
}

# The name alone proves nothing: a version manager leaves names of Pythons that do not start.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail 3 "Python 3.11 以降が見つかりません。インストールしてください。" \
        "No Python 3.11 or newer was found. Please install one."
}

make_venv() {
    python=$(find_python) || exit $?
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        # Debian and Ubuntu ship venv apart from the interpreter.
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if has_apt && is_root; then
            say "$package をインストールしています / Installing $package"
            apt_install "$package"
        elif has_apt; then
            fail 3 "Python の venv がありません。次を実行してください。" \
                "Python's venv module is missing. Please run:" \
                "sudo apt-get update && sudo apt-get install -y $package"
        else
            fail 3 "$python に venv と ensurepip がありません。" "$python lacks venv and ensurepip."
        fi
    fi
    "$python" -m venv --clear .venv || fail 1 ".venv を作成できませんでした。" "Could not create .venv."
}

# install LOCK_FILE
install() {
    # Only wheels whose hashes the lock knows: nothing that is downloaded runs while it is installed.
    quietly .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        --require-hashes --no-deps --only-binary :all: --requirement "$1" ||
        fail 1 "$1 のパッケージをインストールできませんでした。" "Could not install the packages of $1."
    quietly .venv/bin/python -m pip check --disable-pip-version-check ||
        fail 1 "$1 の版の組み合わせが合っていません。" "The versions in $1 do not fit together."
}

prepare_venv() {
    if ! { [ -x .venv/bin/python ] && is_new_enough .venv/bin/python &&
        .venv/bin/python -c 'import pip' >/dev/null 2>&1; }; then
        say "Python の環境 .venv を作成しています / Creating the Python environment .venv"
        make_venv
    fi
    stamp=.venv/.installed-$1
    if [ "$1" = test ]; then
        lock=requirements-test.txt
    else
        lock=requirements.txt
    fi
    wanted=$(hash_of "$lock")
    if [ -r "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
    say "パッケージをインストールしています / Installing packages ($lock)"
    # Both locks fill one environment: installing one may undo what the other asked for.
    rm -f .venv/.installed-site .venv/.installed-test
    install "$lock"
    printf '%s\n' "$wanted" >"$stamp"
    # The test lock contains the runtime lock.
    if [ "$1" = test ]; then hash_of requirements.txt >.venv/.installed-site; fi
}

has_japanese_font() {
    if [ "$(uname -s)" != Linux ]; then return 0; fi
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list :lang=ja family 2>/dev/null)" ]
    else
        [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
            -iname '*cjk*' -o -iname '*ipa*.ttf' -o -iname '*noto*jp*' 2>/dev/null | head -n 1)" ]
    fi
}

prepare_browser() {
    chromium=yes
    font=yes
    .venv/bin/python tests/chromium.py >/dev/null 2>&1 || chromium=no
    has_japanese_font || font=no
    if [ "$chromium$font" = yesyes ]; then return; fi

    packages=
    if [ "$chromium" = no ]; then
        if [ -n "${CHROMIUM:-}" ]; then
            fail 3 "環境変数 CHROMIUM の指す Chromium を使えません: $CHROMIUM" \
                "The Chromium that the variable CHROMIUM names cannot be used: $CHROMIUM"
        fi
        if is_ubuntu; then
            # Ubuntu's own package only points to a snap, which cannot be driven from outside.
            fail 3 "Chromium がありません。Ubuntu の chromium パッケージは snap のため使えません。google-chrome を入れるか、次を実行してください。" \
                "No Chromium was found. Ubuntu's chromium package is a snap and does not serve. Install google-chrome or run:" \
                ".venv/bin/python -m playwright install --with-deps chromium"
        fi
        if ! has_apt; then
            fail 3 "Chromium がありません。Google Chrome を入れるか、次を実行してください。" \
                "No Chromium was found. Install Google Chrome or run:" \
                ".venv/bin/python -m playwright install chromium"
        fi
        packages="chromium-headless-shell"
    fi
    if [ "$font" = no ]; then
        if ! has_apt; then
            fail 3 "日本語フォントがありません。Noto Sans CJK などをインストールしてください。" \
                "No Japanese font was found. Please install one, such as Noto Sans CJK."
        fi
        packages="$packages fonts-noto-cjk"
    fi
    packages=${packages# }
    if ! is_root; then
        fail 3 "テストには $packages が必要です。次を実行してください。" \
            "The tests need $packages. Please run:" \
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages"
    fi
    say "$packages をインストールしています / Installing $packages"
    # shellcheck disable=SC2086 # a list of packages
    apt_install $packages
    .venv/bin/python tests/chromium.py >/dev/null ||
        fail 3 "インストール後も Chromium を起動できません。" "Chromium cannot be used even after its installation."
}

has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'process.exit(parseInt(process.versions.node, 10) < 18 ? 1 : 0)' >/dev/null 2>&1
}

prepare_node() {
    if ! has_node; then
        if ! has_apt; then
            fail 3 "Node.js 18 以降と npm が見つかりません。インストールしてください。" \
                "No Node.js 18 or newer with npm was found. Please install them."
        fi
        if ! is_root; then
            fail 3 "テストには Node.js 18 以降と npm が必要です。次を実行してください。" \
                "The tests need Node.js 18 or newer with npm. Please run:" \
                "sudo apt-get update && sudo apt-get install -y --no-install-recommends nodejs npm"
        fi
        say "nodejs npm をインストールしています / Installing nodejs npm"
        apt_install nodejs npm
        has_node ||
            fail 3 "apt-get の Node.js は 18 より古いものです。18 以降をインストールしてください。" \
                "The Node.js of apt-get is older than 18. Please install a newer one."
    fi
    stamp=node_modules/.installed
    wanted=$(hash_of package-lock.json)
    if [ -r "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return; fi
    say "パッケージをインストールしています / Installing packages (package-lock.json)"
    rm -f "$stamp"
    # As with Python: what the lock knows by its hash, and nothing of it runs while it is installed.
    quietly npm ci --ignore-scripts --no-audit --no-fund ||
        fail 1 "package-lock.json のパッケージをインストールできませんでした。" \
            "Could not install the packages of package-lock.json."
    printf '%s\n' "$wanted" >"$stamp"
}

case "${1:-}" in
site | test) prepare_venv "$1" ;;
*)
    say "usage: scripts/setup.sh site|test"
    exit 2
    ;;
esac
if [ "$1" = test ]; then
    prepare_browser
    prepare_node
fi
