#!/bin/bash
# Installs each package in a bare system without Swift, and checks that the program answers there as it does here.
#
#     Packaging/test.sh PROGRAM DIRECTORY
#
# Needs root, debootstrap and a mirror. Also checks `make install` and `make uninstall`.
#     SYSTEMS="bookworm jammy"   Debian 12 with glibc 2.36, Ubuntu 22.04 with glibc 2.35
#     BASES=DIRECTORY            keeps the bare systems, for the next time
#     DEBIAN_MIRROR, UBUNTU_MIRROR
set -euo pipefail
program=$(realpath "$1") directory=$(realpath "$2")
cd "$(dirname "$0")/.."
: "${SYSTEMS:=bookworm jammy}" "${DEBIAN_MIRROR:=http://deb.debian.org/debian}" "${UBUNTU_MIRROR:=http://archive.ubuntu.com/ubuntu}"
[ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null || { echo "This needs root and debootstrap." >&2; exit 1; }
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "$0: line $LINENO" >&2' ERR
: "${BASES:=$work}"

# Answers that use the whole program: exact arithmetic, models with OpenBLAS, random draws. Those of models are compared as they are printed:
# their twelfth digits depend on the version of OpenBLAS.
answers() {
  for arguments in "rank Data/zhejiang-2022/scores.csv --entries Data/zhejiang-2022/entries.csv --places 10" \
    "judges Data/zhejiang-2022/scores.csv" "finals Data/zhejiang-2022/scores.csv --places 10" \
    "groups Data/zhejiang-2022/scores.csv --entries Data/zhejiang-2022/entries.csv --by sector" "rank Data/quickstart.csv --format json"; do
    # shellcheck disable=SC2086
    "$@" $arguments
  done
}
answers "$program" >"$work/expected"

# In the system that is tested, in the directory /try with Data in it. Swift reads the arguments of a program from /proc, which is mounted
# for this one process and gone with it.
inside() {
  # shellcheck disable=SC2016
  unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" env -C /try PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin "$@"' \
    "$work/system" "$@"
}
install_packages() { inside apt-get install -y -q --no-install-recommends "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }; }

# A fresh copy of a system, with the packages and the data.
start() {
  rm -rf "$work/system"
  cp -a "$BASES/$1" "$work/system"
  cp -r Data "$directory"/* "$work/system/try/"
}

check_answers() {
  answers inside "$@" >"$work/found"
  cmp "$work/expected" "$work/found"
}

check_man_pages() {
  local command
  for command in $(inside evenhand --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'); do
    [ "$command" = help ] && continue
    inside man --warnings "evenhand-$command" >"$work/page" 2>"$work/warnings" || cat "$work/warnings" >&2
    grep -q "^EXAMPLES" "$work/page" && [ ! -s "$work/warnings" ] || { echo "the man page of $command" >&2; exit 1; }
  done
  inside man evenhand | grep "evenhand-rank" >/dev/null
}

check_completion() {
  local found
  found=$(inside bash -c '
    . /usr/share/bash-completion/bash_completion
    _completion_loader evenhand
    COMP_WORDS=(evenhand judges Data/quickstart.csv --table pa) COMP_CWORD=4 COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
    _evenhand evenhand pa --table
    echo "${COMPREPLY[@]}"')
  [ "$found" = "panel pairs" ] || { echo "completion: $found" >&2; exit 1; }
}

for system in $SYSTEMS; do
  case $system in
  jammy | noble) mirror=$UBUNTU_MIRROR ;;
  *) mirror=$DEBIAN_MIRROR ;;
  esac
  components=main
  [ "$mirror" = "$UBUNTU_MIRROR" ] && components=main,universe
  if [ ! -e "$BASES/$system/try" ]; then
    debootstrap --variant=minbase --components=$components "$system" "$BASES/$system" "$mirror" >"$work/log" 2>&1 || { tail "$work/log"; exit 1; }
    cp -L /etc/resolv.conf "$BASES/$system/etc/"
    mkdir "$BASES/$system/try"
  fi
  glibc=$(chroot "$BASES/$system" ldd --version | sed -n '1s/.* //p')

  start "$system"
  inside sh -c 'apt-get install -y -q --no-install-recommends ./*.deb man-db bash-completion' >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  check_answers evenhand
  check_man_pages
  check_completion
  inside apt-get purge -y -q evenhand >"$work/log" 2>&1
  [ -z "$(inside sh -c 'find /usr -name "*evenhand*"')" ] || { echo "the Debian package leaves files" >&2; exit 1; }
  echo "$system, glibc $glibc: Debian package"

  start "$system"
  tar -C "$work/system/usr/local" --strip-components=1 -xf "$directory"/evenhand-*.tar.xz
  # Without OpenBLAS everything works that needs no model, and the message names the package.
  inside evenhand rank Data/quickstart.csv >/dev/null
  inside evenhand rank Data/quickstart.csv --method crossed >"$work/log" 2>&1 && { echo "a model without OpenBLAS" >&2; exit 1; }
  grep -q libopenblas0 "$work/log"
  install_packages libopenblas0 man-db
  check_answers evenhand
  check_man_pages
  echo "$system, glibc $glibc: tar.xz"

  start "$system"
  install_packages libopenblas0 python3-venv
  inside sh -c 'python3 -m venv /venv && /venv/bin/pip install --no-index ./*.whl' >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  check_answers /venv/bin/evenhand
  inside /venv/bin/evenhand --version >/dev/null
  inside /venv/bin/pip uninstall -y evenhand >"$work/log" 2>&1
  [ ! -e "$work/system/venv/bin/evenhand" ]
  echo "$system, glibc $glibc: wheel"
done

make --no-print-directory install DESTDIR="$work/installed" PREFIX=/usr >/dev/null
[ "$(find "$work/installed" -type f | wc -l)" -gt 4 ]
make --no-print-directory uninstall DESTDIR="$work/installed" PREFIX=/usr >/dev/null
[ -z "$(find "$work/installed" -type f)" ] || { echo "make uninstall leaves files" >&2; exit 1; }
echo "make install, make uninstall"
