// Prints the Kubernetes types that a pod and the workloads consist of, in the format of kubernetes-types.txt.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	oapps "github.com/openshift/api/apps/v1"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var names = map[string]reflect.Type{}
var todo []reflect.Type

func typeName(t reflect.Type) string {
	n := t.Name()
	if strings.Contains(t.PkgPath(), "openshift") && (n == "DeploymentCondition" || n == "DeploymentStrategy") {
		n = "OpenShift" + n
	}
	if o, ok := names[n]; ok {
		if o != t {
			panic("clash " + n)
		}
		return n
	}
	names[n] = t
	todo = append(todo, t)
	return n
}

func text(t reflect.Type) string {
	switch t {
	case reflect.TypeOf(resource.Quantity{}):
		return "quantity"
	case reflect.TypeOf(metav1.Time{}), reflect.TypeOf(metav1.MicroTime{}):
		return "time"
	case reflect.TypeOf(intstr.IntOrString{}):
		return "intOrString"
	case reflect.TypeOf(runtime.RawExtension{}), reflect.TypeOf(metav1.FieldsV1{}):
		return "raw"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + text(t.Elem())
	case reflect.Slice:
		return "[]" + text(t.Elem())
	case reflect.Map:
		return "{}" + text(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int32, reflect.Int64:
		return t.Kind().String()
	case reflect.Struct:
		return typeName(t)
	}
	panic(t.String())
}

func lines(t reflect.Type, out *[]string, emb *[]string) {
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		parts := strings.Split(f.Tag.Get("json"), ",")
		flags := map[string]bool{}
		for _, p := range parts[1:] {
			flags[p] = true
		}
		if f.Anonymous && (flags["inline"] || parts[0] == "") {
			*emb = append(*emb, f.Name)
			ft := f.Type
			lines(ft, out, emb)
			continue
		}
		if parts[0] == "-" || parts[0] == "" {
			continue
		}
		n := parts[0]
		if rule := strings.ToUpper(n[:1]) + n[1:]; rule != f.Name {
			n += ":" + f.Name
		}
		s := " " + n + " " + text(f.Type)
		if flags["omitzero"] {
			s += " ?"
		} else if !flags["omitempty"] {
			s += " !"
		}
		if strings.Contains(f.Tag.Get("patchStrategy"), "merge") {
			s += " merge"
			if k := f.Tag.Get("patchMergeKey"); k != "" {
				s += "=" + k
			}
		}
		*out = append(*out, s)
	}
}

func main() {
	for _, r := range []any{corev1.Pod{}, corev1.PodTemplateSpec{}, corev1.ReplicationController{}, appsv1.Deployment{}, appsv1.DaemonSet{}, appsv1.StatefulSet{}, appsv1.ReplicaSet{}, batchv1.Job{}, batchv1.CronJob{}, metav1.List{}, oapps.DeploymentConfig{}} {
		typeName(reflect.TypeOf(r))
	}
	blocks := map[string][]string{}
	for len(todo) > 0 {
		t := todo[0]
		todo = todo[1:]
		n := typeName(t)
		var o, e []string
		lines(t, &o, &e)
		h := n
		for _, x := range e {
			if x != "TypeMeta" {
				h += " " + x
			}
		}
		blocks[n] = append([]string{h}, o...)
	}
	var ks []string
	for k := range blocks {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	for _, k := range ks {
		fmt.Println(strings.Join(blocks[k], "\n"))
	}
}
