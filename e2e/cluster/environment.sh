# shellcheck shell=bash
# Sourced by the commands beside it: where things are kept, and addresses. Nothing is written beside the scripts.
#   CLUSTER_HOME  programs and images, made once by setup; default ~/.cache/one-node-cluster
#   CLUSTER_NODE  state of one running cluster; default CLUSTER_HOME/node. Clusters with different ones run side by side.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/versions.sh"
CLUSTER_HOME=${CLUSTER_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/one-node-cluster}
CLUSTER_NODE=${CLUSTER_NODE:-$CLUSTER_HOME/node}
export CLUSTER_HOME CLUSTER_NODE
bin=$CLUSTER_HOME/bin
images=$CLUSTER_HOME/images
pki=$CLUSTER_NODE/pki
node_address=10.89.0.1
api_port=6443
pod_range=10.244.0.0/24
service_range=10.96.0.0/24
# Both families where the kernel has IPv6.
node_address6=''
if [ -e /proc/net/if_inet6 ]; then
  node_address6=fd00:89::1
  pod_range=$pod_range,fd00:244::/64
  service_range=$service_range,fd00:96::/112
fi

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# The first process of the node, or nothing where no cluster runs.
node_process() {
  local pid
  pid=$(cat "$CLUSTER_NODE/init.pid" 2>/dev/null) || return 1
  grep -qs "$here/node" "/proc/$pid/cmdline" && echo "$pid"
}

need_node() {
  node_process || fail "no cluster runs in $CLUSTER_NODE; start one: $here/up"
}
