{{- /* The key values: what ships, with this installation's values over it. */ -}}
{{- define "sidecar-injector.values" -}}
{{- $values := .Files.Get "files/values.json" | mustFromJson }}
{{- include "sidecar-injector.overlay" (list $values (deepCopy (pick .Values "global" "gateways" "pilot" "sidecarInjectorWebhook" "envoy" "revision"))) }}
{{- $_ := set $values "pilot" (pick $values.pilot "cni" "env" "crlConfigMapName") }}
{{- include "sidecar-injector.overlay" (list $values.pilot (dict "cni" .Values.cni "env" .Values.env)) }}
{{- toPrettyJson $values }}
{{- end }}

{{- /* The key config: the shipped templates and rules, with this installation's beside and over them. */ -}}
{{- define "sidecar-injector.config" -}}
{{- $config := .Files.Get "files/config.yaml" | fromYaml }}
{{- with (.Values.global.proxy).autoInject }}{{ $_ := set $config "policy" . }}{{ end }}
{{- include "sidecar-injector.overlay" (list $config
    (deepCopy (pick .Values.sidecarInjectorWebhook "neverInjectSelector" "alwaysInjectSelector" "injectedAnnotations" "defaultTemplates" "aliases"))) }}
{{- $templates := dict }}
{{- range $path, $_ := .Files.Glob "files/*.gotmpl" }}
  {{- $_ := set $templates ($path | base | trimSuffix ".gotmpl") ($.Files.Get $path) }}
{{- end }}
{{- $_ := set $config "templates" (merge (deepCopy (.Values.sidecarInjectorWebhook.templates | default dict)) $templates) }}
{{- toYaml $config }}
{{- end }}

{{- /* The key mesh. Where the control plane is follows from revision and namespace, unless it was said. */ -}}
{{- define "sidecar-injector.mesh" -}}
{{- $mesh := .Files.Get "files/mesh.yaml" | fromYaml }}
{{- $_ := set $mesh "rootNamespace" .Values.global.istioNamespace }}
{{- $_ := set $mesh.defaultConfig "discoveryAddress" (printf "istiod%s.%s.svc:15012" (include "sidecar-injector.suffix" .) .Values.global.istioNamespace) }}
{{- include "sidecar-injector.overlay" (list $mesh (deepCopy .Values.meshConfig)) }}
{{- toYaml $mesh }}
{{- end }}
