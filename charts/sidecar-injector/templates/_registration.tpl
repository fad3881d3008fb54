{{- /* What the entries of one object differ in: who they match. Each takes the object's word for the revision: its name, or a tag. */ -}}
{{- define "sidecar-injector.entries" -}}
{{- $rev := .word }}
- prefix: rev.namespace.
  namespace:
  - {key: istio.io/rev, operator: In, values: [{{ quote $rev }}]}
  - {key: istio-injection, operator: DoesNotExist}
  pod:
  - {key: sidecar.istio.io/inject, operator: NotIn, values: ["false"]}
- prefix: rev.object.
  namespace:
  - {key: istio.io/rev, operator: DoesNotExist}
  - {key: istio-injection, operator: DoesNotExist}
  pod:
  - {key: sidecar.istio.io/inject, operator: NotIn, values: ["false"]}
  - {key: istio.io/rev, operator: In, values: [{{ quote $rev }}]}
{{- if eq $rev "default" }}
- prefix: namespace.
  namespace:
  - {key: istio-injection, operator: In, values: [enabled]}
  pod:
  - {key: sidecar.istio.io/inject, operator: NotIn, values: ["false"]}
- prefix: object.
  namespace:
  - {key: istio-injection, operator: DoesNotExist}
  - {key: istio.io/rev, operator: DoesNotExist}
  pod:
  - {key: sidecar.istio.io/inject, operator: In, values: ["true"]}
  - {key: istio.io/rev, operator: DoesNotExist}
{{- if .byDefault }}
- prefix: auto.
  namespace:
  - {key: istio-injection, operator: DoesNotExist}
  - {key: istio.io/rev, operator: DoesNotExist}
  pod:
  - {key: sidecar.istio.io/inject, operator: DoesNotExist}
  - {key: istio.io/rev, operator: DoesNotExist}
{{- end }}
{{- end }}
{{- end }}

{{- /* One MutatingWebhookConfiguration; the same text is applied by Helm and, from a ConfigMap, kept by the program. */ -}}
{{- define "sidecar-injector.registration" -}}
{{- $webhook := .root.Values.sidecarInjectorWebhook }}
{{- $remote := .root.Values.istiodRemote }}
{{- /* A cluster whose system pods wait for a webhook cannot repair itself. */ -}}
{{- $excluded := concat (list "kube-system" "kube-public" "kube-node-lease" "local-path-storage") $webhook.excludedNamespaces }}
{{- if ne .root.Release.Namespace .root.Values.global.istioNamespace }}
  {{- $excluded = append $excluded .root.Release.Namespace }}
{{- end }}
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata:
  name: {{ .name }}
  labels:
    {{- include "sidecar-injector.labels" .root | nindent 4 }}
    {{- with .tag }}
    istio.io/tag: {{ . | quote }}
    {{- end }}
  {{- if and (eq .root.Values.certificates.source "cert-manager") (not $remote.injectionURL) }}
  annotations:
    cert-manager.io/inject-ca-from: {{ .root.Release.Namespace }}/{{ include "sidecar-injector.name" .root }}
  {{- end }}
webhooks:
{{- $word := .tag | default (include "sidecar-injector.revision" .root) }}
{{- range include "sidecar-injector.entries" (dict "word" $word "byDefault" $webhook.enableNamespacesByDefault) | fromYamlArray }}
- name: {{ .prefix }}sidecar-injector.istio.io
  admissionReviewVersions: [v1]
  clientConfig:
    {{- with $remote.injectionCABundle }}
    caBundle: {{ . | quote }}
    {{- end }}
    {{- if $remote.injectionURL }}
    url: {{ $remote.injectionURL | quote }}
    {{- else }}
    service:
      name: {{ include "sidecar-injector.name" $.root }}
      namespace: {{ $.root.Release.Namespace }}
      path: {{ $remote.injectionPath | quote }}
      port: 443
    {{- end }}
  rules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
    scope: Namespaced
  namespaceSelector:
    matchExpressions:
    {{- range .namespace }}
    - {{ toJson . }}
    {{- end }}
    - {key: kubernetes.io/metadata.name, operator: NotIn, values: {{ uniq $excluded | toJson }}}
  objectSelector:
    matchExpressions:
    {{- range .pod }}
    - {{ toJson . }}
    {{- end }}
  {{- with $webhook.matchConditions }}
  matchConditions:
    {{- toYaml . | nindent 2 }}
  {{- end }}
  matchPolicy: Equivalent
  failurePolicy: {{ $webhook.failurePolicy }}
  reinvocationPolicy: {{ $webhook.reinvocationPolicy }}
  sideEffects: None
  timeoutSeconds: {{ $webhook.timeoutSeconds }}
{{- end }}
{{- end }}

{{- /* All objects: name to tag, where the revision's own one has none. JSON. */ -}}
{{- define "sidecar-injector.registrations" -}}
{{- $names := dict }}
{{- if not .Values.global.operatorManageWebhooks }}
  {{- $own := printf "istio-sidecar-injector%s" (include "sidecar-injector.suffix" .) }}
  {{- /* helm lint has no namespace. */}}
  {{- if not (has .Release.Namespace (list "istio-system" "")) }}{{ $own = printf "%s-%s" $own .Release.Namespace }}{{ end }}
  {{- $_ := set $names $own "" }}
  {{- range .Values.revisionTags }}
    {{- if eq . (include "sidecar-injector.revision" $) }}
      {{- fail (printf "revisionTags has %q, which is the name of this revision itself: leave it out" .) }}
    {{- end }}
    {{- $_ := set $names (printf "istio-revision-tag-%s" .) . }}
  {{- end }}
{{- end }}
{{- toJson $names }}
{{- end }}
