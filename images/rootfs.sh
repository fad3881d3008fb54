# shellcheck shell=sh
# Sourced by scripts that make images: copies programs of a Debian, this machine's or the one in the folder IMAGES_ROOTFS, with just the shared libraries that they need.
from=${IMAGES_ROOTFS:-}
from=${from%/}

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

# needed FILE...: the shared libraries of programs and of other libraries, as paths; those of another Debian are looked up by its own loader, which starts nothing.
needed() {
  # What is linked statically has none, and ldd says so with an error.
  if [ -z "$from" ]; then
    ldd "$@" 2>/dev/null || true
    return
  fi
  for loader in "$from"/lib64/ld-linux-*.so.2 "$from"/lib/ld-linux-*.so.*; do
    [ -e "$loader" ] || continue
    for file in "$@"; do
      "$loader" --inhibit-cache --library-path "$(echo "$from"/lib/*-linux-gnu "$from"/usr/lib/*-linux-gnu | tr ' ' :)" --list "$file" 2>/dev/null || true
    done
    return
  done
  echo "images: no loader of shared libraries is in $from" >&2
  return 1
}

# libraries ROOT FILE...: the shared libraries of programs and of other libraries.
libraries() {
  to=$1
  shift
  needed "$@" | sed -nE 's#^\s+(.* => )?(/[^ ]+) \(.*#\2#p' | sort -u | while read -r library; do
    case $library in "$to"/*) continue ;; esac
    # The loader is named as programs name it.
    case $library in */ld-linux-*) library=$from${library#"$from"} ;; esac
    place=${library#"$from"}
    mkdir -p "$to${place%/*}"
    [ -e "$to$place" ] || cp -L "$library" "$to$place"
  done
}

# find_program NAME: its path in that Debian, without its root.
find_program() {
  for folder in /usr/sbin /usr/bin /sbin /bin; do
    # A link to an absolute path would lead out of the root; the program itself is in another folder.
    [ -x "$from$folder/$1" ] || [ -L "$from$folder/$1" ] || continue
    case $(readlink "$from$folder/$1") in /*) continue ;; esac
    echo "$folder/$1"
    return
  done
  echo "images: $1 is missing${from:+ in $from}; install the packages dash, coreutils, iptables, nftables, ipset and iproute2" >&2
  return 1
}

# programs ROOT FILE...: programs or plug-ins at the same place, with their libraries.
programs() {
  into=$1
  shift
  for program in "$@"; do
    mkdir -p "$into$(dirname "$program")"
    cp -L "$from$program" "$into$program"
    libraries "$into" "$from$program"
  done
}
