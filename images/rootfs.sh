# shellcheck shell=sh
# Sourced by scripts that make images: copies programs of this machine, a Debian, with just the shared libraries that they need.

# base ROOT: folders that every program may expect, and names for the users that there are.
base() {
  mkdir -p "$1/etc" "$1/proc" "$1/sys" "$1/dev" "$1/run" "$1/tmp" "$1/usr/bin" "$1/usr/sbin" "$1/usr/lib"
  chmod 1777 "$1/tmp"
  for folder in bin sbin lib lib64; do
    mkdir -p "$1/$folder"
  done
  printf 'root:x:0:0:root:/:/bin/sh\nproxy:x:1337:1337:proxy:/:/bin/false\nnonroot:x:65532:65532:nonroot:/:/bin/false\n' >"$1/etc/passwd"
  printf 'root:x:0:\nproxy:x:1337:\nnonroot:x:65532:\n' >"$1/etc/group"
}

# libraries ROOT FILE...: the shared libraries of programs and of other libraries.
libraries() {
  to=$1
  shift
  # What is linked statically has none, and ldd says so with an error.
  { ldd "$@" 2>/dev/null || true; } | sed -nE 's#^\s+(.* => )?(/[^ ]+) \(.*#\2#p' | sort -u | while read -r library; do
    case $library in "$to"/*) continue ;; esac
    mkdir -p "$to$(dirname "$library")"
    [ -e "$to$library" ] || cp -L "$library" "$to$library"
  done
}

# programs ROOT FILE...: programs or plug-ins at the same place, with their libraries.
programs() {
  into=$1
  shift
  for program in "$@"; do
    mkdir -p "$into$(dirname "$program")"
    cp -L "$program" "$into$program"
  done
  libraries "$into" "$@"
}
