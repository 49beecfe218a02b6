{{/* Labels of everything. */}}
{{- define "birthday-app.labels" -}}
{{ include "birthday-app.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: titan
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* What selects the application's pods: in the Deployment, where it can't change, in the Service, and in policies. Not the chart's name: it is
another one in the registry, where it has the application's. */}}
{{- define "birthday-app.selector" -}}
app.kubernetes.io/name: {{ .Release.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of what belongs to a Job of the chart's own; takes a list of the root and the Job's name. */}}
{{- define "birthday-app.jobLabels" -}}
{{- $root := index . 0 -}}
{{ include "birthday-app.jobSelector" . }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/part-of: titan
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
{{- end }}

{{- define "birthday-app.jobSelector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{/* What Pod Security's level `restricted` asks of a pod, with a user of our own for images that name none. */}}
{{- define "birthday-app.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* What it asks of a container, and a root file system that nothing can write to. */}}
{{- define "birthday-app.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* Name resolution, which every pod needs. The labels are CoreDNS' own on EKS, and its Service's. */}}
{{- define "birthday-app.egressToDNS" -}}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}

{{/* Egress to CIDR blocks; takes a list of the blocks and the ports. */}}
{{- define "birthday-app.egressToCIDRs" -}}
- to:
    {{- range index . 0 }}
    - ipBlock: {cidr: {{ . | quote }}}
    {{- end }}
  ports:
    {{- range index . 1 }}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end }}

{{/* The Secret with the password. Its name changes with the version, so that a new pod waits for the new password. */}}
{{- define "birthday-app.databaseSecret" -}}
{{ .Release.Name }}-database-v{{ .Values.database.credentials.version }}
{{- end }}
