# shellcheck shell=sh disable=SC2034 # sourced
# What the cluster is made of, besides the Debian packages that setup installs. After a change of KUBERNETES run kubernetes/go-mod.
KUBERNETES=v1.34.4
ENVOY=1.40.0
