# shellcheck shell=sh
# Sourced by the builds of the programs' images, after bin/java-launcher.sh and with its variable root: what they have in common.

# Sets java and jdk, or ends.
need_jdk() {
  find_java || { echo "image: a JDK 25 or later is missing" >&2; exit 1; }
  jdk=${java:?}
  jdk=${jdk%/bin/java}
}

# Sets epoch, the time that all files carry, in seconds: SOURCE_DATE_EPOCH, else what the entries of the jars carry. Archives of the JVM know their jars by it.
find_epoch() {
  epoch=${SOURCE_DATE_EPOCH:-}
  [ -n "$epoch" ] || epoch=$(date -u -d "$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</.*#\1#p' "${root:?}/pom.xml")" +%s)
}

# runtime IMAGE MODULES [JAR...]: the parts of the JDK, and modules of ours with their jars, in a folder that is made anew where it holds other ones. It takes longer than
# all the rest.
runtime() {
  made_of=$(shift; { echo "$1"; shift; cat "$@" "$jdk/release" "$root/images/runtime.sh"; } | sha256sum)
  [ "$(cat "$1/runtime" 2>/dev/null)" = "$made_of" ] && return
  rm -rf "$1"
  # shellcheck disable=SC2046 # words
  "$jdk/bin/jlink" $(jars=$(shift 2; IFS=:; echo "$*"); [ -z "$jars" ] || echo "--module-path $jars") --add-modules "$2" --vm server --strip-debug --compress zip-6 --no-header-files --no-man-pages --output "$1"
  # For other programs than this one.
  rm -f "$1/bin/keytool" "$1/bin/rmiregistry" "$1/bin/jfr" "$1/bin/jwebserver" "$1/lib/jexec" "$1/lib/jrt-fs.jar" "$1/lib/classlist"
  # Beans bring the module of windows and fonts along. Nothing ever draws here.
  for library in awt awt_headless awt_xawt fontmanager freetype harfbuzz javajpeg jsound lcms mlib_image splashscreen; do
    rm -f "$1/lib/lib$library.so"
  done
  if command -v strip >/dev/null; then
    find "$1/lib" -name '*.so' -exec strip --strip-unneeded {} +
  else
    echo "image: 5 MB larger than need be, since strip (of the package binutils) is missing" >&2
  fi
  # jlink's own file does not name the build.
  cp "$jdk/release" "$1/jdk-release"
  echo "$made_of" >"$1/runtime"
}
