{{- define "sidecar-injector.revision" -}}{{ .Values.revision | default "default" }}{{- end }}

{{- /* What stands behind names that exist once per revision. */ -}}
{{- define "sidecar-injector.suffix" -}}
{{- if ne (include "sidecar-injector.revision" .) "default" }}-{{ .Values.revision }}{{ end }}
{{- end }}

{{- define "sidecar-injector.name" -}}sidecar-injector{{ include "sidecar-injector.suffix" . }}{{- end }}

{{- /* Cluster-scoped objects: another namespace may have an installation too. */ -}}
{{- define "sidecar-injector.clusterName" -}}{{ include "sidecar-injector.name" . }}-{{ .Release.Namespace }}{{- end }}

{{- define "sidecar-injector.injectorConfigMap" -}}istio-sidecar-injector{{ include "sidecar-injector.suffix" . }}{{- end }}
{{- define "sidecar-injector.meshConfigMap" -}}istio{{ include "sidecar-injector.suffix" . }}{{- end }}
{{- define "sidecar-injector.registrationConfigMap" -}}{{ include "sidecar-injector.name" . }}-registration{{- end }}
{{- define "sidecar-injector.lease" -}}{{ include "sidecar-injector.name" . }}{{- end }}

{{- define "sidecar-injector.certificateSecret" -}}
{{- if and (eq .Values.certificates.source "secret") (not .Values.certificates.secretName) }}
{{- fail "certificates.source is secret: set certificates.secretName to the Secret with tls.crt, tls.key and ca.crt" }}
{{- end -}}
{{ .Values.certificates.secretName | default (printf "sidecar-injector-certificates%s" (include "sidecar-injector.suffix" .)) }}
{{- end }}

{{- define "sidecar-injector.selector" -}}
app: sidecar-injector
istio.io/rev: {{ include "sidecar-injector.revision" . }}
{{- end }}

{{- define "sidecar-injector.labels" -}}
{{ include "sidecar-injector.selector" . }}
app.kubernetes.io/name: sidecar-injector
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: istio
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* overlay BASE OVER: changes BASE. Maps are merged, everything else is replaced, also by false and by nothing; null takes away. */ -}}
{{- define "sidecar-injector.overlay" -}}
{{- $base := index . 0 }}
{{- range $key, $value := index . 1 }}
  {{- if kindIs "invalid" $value }}
    {{- $_ := unset $base $key }}
  {{- else if and (kindIs "map" $value) (kindIs "map" (get $base $key)) }}
    {{- include "sidecar-injector.overlay" (list (get $base $key) $value) }}
  {{- else }}
    {{- $_ := set $base $key $value }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* The variables of the program: env, as the reference chart has it, or pilot.env. JSON. */ -}}
{{- define "sidecar-injector.env" -}}
{{- $env := deepCopy ((.Values.pilot).env | default dict) }}
{{- include "sidecar-injector.overlay" (list $env (.Values.env | default dict)) }}
{{- toJson $env }}
{{- end }}
