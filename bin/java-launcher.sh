# Sourced by the launchers beside it: finds a JDK 25 or later, the jars of a module and its AOT cache, and becomes the program.
#
#   launch PROGRAM MODULE MAIN_CLASS "JVM OPTIONS" ARGUMENT...
#
# Prints nothing on standard output, ever: that belongs to the program. Starts no other process on the way, since each costs a millisecond.

# The major version of the JDK in a folder, from its file "release"; empty where there is none.
jdk_version() {
  version=
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*) version=${line#JAVA_VERSION=\"}; version=${version%%[!0-9]*}; return 0 ;;
    esac
  done <"$1/release"
}

# Sets java to the first JDK 25 or later among: JAVA_HOME, the java of PATH, the usual folders.
find_java() {
  on_path=$(command -v java || true)
  while [ -n "$on_path" ] && [ -L "$on_path" ]; do
    link=$(readlink "$on_path")
    case $link in /*) on_path=$link ;; *) on_path=${on_path%/*}/$link ;; esac
  done
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    jdk_version "$home"
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      java=$home/bin/java
      return 0
    fi
  done
  return 1
}

launch() {
  program=$1 module=$2 main=$3 options=$4
  shift 4
  if ! find_java; then
    echo "$program: a JDK 25 or later is missing; install one (for example https://adoptium.net) and set JAVA_HOME to it" >&2
    exit 1
  fi
  set -- "$main" "$@"
  classpath=
  # The templates' jar first: a resource is looked for in every jar before its own, and with an AOT cache no other one is opened at all.
  for jar in "$root/$module/target/$module-"*.jar "$root/$module"/target/lib/templates-*.jar "$root/$module"/target/lib/*.jar; do
    [ -e "$jar" ] && classpath=$classpath:$jar
  done
  if [ ! -d "$root/$module/target/lib" ] || [ -z "$classpath" ]; then
    echo "$program: not built yet; run this first: $root/mvnw -f $root -DskipTests package" >&2
    exit 1
  fi
  # The JVM would report a missing cache on standard output; one that was made for other jars or another JVM it leaves aside by itself.
  cache=$root/$module/target/$program.aot
  if [ -n "${AOT_OUTPUT:-}" ]; then
    options="$options -XX:AOTCacheOutput=$AOT_OUTPUT"
  elif [ -f "$cache" ]; then
    options="$options -XX:AOTCache=$cache"
  fi
  # shellcheck disable=SC2086 # options are words
  exec "$java" -Xlog:disable -Xlog:all=error:stderr -Xlog:aot*=off:stderr -Xlog:cds*=off:stderr $options ${JAVA_OPTIONS:-} -cp "${classpath#:}" "$@"
}
