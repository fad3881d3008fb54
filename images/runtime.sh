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
  into=$1 modules=$2
  shift 2
  made_of=$({ echo "$modules"; cat "$@" "$jdk/release" "$root/images/runtime.sh"; } | sha256sum)
  [ "$(cat "$into/runtime" 2>/dev/null)" = "$made_of" ] && return
  rm -rf "$into"
  jars=$(IFS=:; echo "$*")
  "$jdk/bin/jlink" ${jars:+--module-path "$jars"} --add-modules "$modules" --vm server --strip-debug --compress zip-6 --no-header-files --no-man-pages --output "$into"
  # For other programs than this one.
  rm -f "$into/bin/keytool" "$into/bin/rmiregistry" "$into/bin/jfr" "$into/bin/jwebserver" "$into/lib/jexec" "$into/lib/jrt-fs.jar" "$into/lib/classlist"
  # Beans bring the module of windows and fonts along. Nothing ever draws here.
  for library in awt awt_headless awt_xawt fontmanager freetype harfbuzz javajpeg jsound lcms mlib_image splashscreen; do
    rm -f "$into/lib/lib$library.so"
  done
  if command -v strip >/dev/null; then
    find "$into/lib" -name '*.so' -exec strip --strip-unneeded {} +
  else
    echo "image: 5 MB larger than need be, since strip (of the package binutils) is missing" >&2
  fi
  # jlink's own file does not name the build.
  cp "$jdk/release" "$into/jdk-release"
  echo "$made_of" >"$into/runtime"
}
