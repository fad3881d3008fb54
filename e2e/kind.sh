#!/usr/bin/env bash
# kind.sh: the end-to-end tests on kind instead of the cluster of one node. Needs a container engine, kind, a JDK 25, and Debian (for the images); makes a cluster
# "sidecar-injector-e2e" and deletes it at the end. KIND_NODE_IMAGE chooses the version of Kubernetes.
set -euo pipefail
cd "$(dirname "$0")/.."
name=sidecar-injector-e2e
for program in kind docker; do
  command -v "$program" >/dev/null || { echo "kind.sh: $program is missing" >&2; exit 1; }
done
./mvnw -B -ntp -q -DskipTests package
images/build
e2e/cluster/setup --images
work=$(mktemp -d)
trap 'kind delete cluster --name "$name"; rm -rf "$work"' EXIT
kind create cluster --name "$name" --kubeconfig "$work/kubeconfig" ${KIND_NODE_IMAGE:+--image "$KIND_NODE_IMAGE"}
for archive in images/target/*.tar "${CLUSTER_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/one-node-cluster}"/images/{web,proxy}.tar; do
  kind load image-archive "$archive" --name "$name"
done
E2E_KUBECONFIG=$work/kubeconfig ./mvnw -B -ntp -pl e2e -am -Dtest='dev.sidecarinjector.e2e.**' -Dsurefire.failIfNoSpecifiedTests=false package
