// Makes the tables in ../resources/dev/sidecarinjector/gotemplate with Go's own text/template and fmt:
//
//	go run oracle.go templates < templates.txt > ../resources/dev/sidecarinjector/gotemplate/templates.tsv
//	go run oracle.go printf > .../printf.tsv
//	go run oracle.go comparison > .../comparison.tsv
//	go run oracle.go floats > .../floats.tsv
//
// The tests read the tables only, so they need no Go. The values are those of the class GoValues.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"os"
	"runtime"
	"strings"
	"text/template"
)

type named struct {
	name  string
	value any
}

func values() []named {
	return []named{
		{"str", "hello"}, {"empty", ""}, {"int", 42}, {"long", int64(7)}, {"zero", 0}, {"neg", -3}, {"float", 1.5},
		{"big", 1000000.0}, {"port", 15020.0}, {"fzero", 0.0}, {"yes", true}, {"no", false}, {"nul", nil},
		{"list", []any{"a", "b", "c"}}, {"nums", []any{1, 2.5, int64(3)}}, {"elist", []any{}},
		{"nested", []any{[]any{1, 2}, []any{"x"}}}, {"mixed", []any{"x", nil, 1, true, map[string]any{"k": "v"}}},
		{"map", map[string]any{"b": 2, "a": 1, "c": nil}}, {"emap", map[string]any{}},
		{"deep", map[string]any{"a": map[string]any{"b": map[string]any{"c": "deep"}}}},
		{"labels", map[string]string{"app": "web", "x": ""}}, {"strs", []string{"p", "q"}},
		{"uni", "h\u00e9llo \u2713 \U0001D11E"}, {"special", "say \"hi\"\n\t<b>&'x=\\`\u2028\u00ad\x01"}, {"bytes", "a\xffb\xc3"},
		{"maxint", math.MaxInt64}, {"minint", math.MinInt64},
	}
}

func escape(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		r := []rune(text[i:min(len(text), i+4)])[0]
		size := len(string(r))
		switch {
		case r == '\ufffd' && !strings.HasPrefix(text[i:], "\ufffd"):
			fmt.Fprintf(&out, `\x%02x`, text[i])
			size = 1
		case r == '\\':
			out.WriteString(`\\`)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			out.WriteString(text[i : i+size])
		}
		i += size
	}
	return out.String()
}

func unescape(text string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r").Replace(text)
}

func functions() template.FuncMap {
	return template.FuncMap{
		"fail":  func() (string, error) { return "", errors.New("as asked") },
		"upper": func(text string) string { return strings.ToUpper(text) },
		"list":  func(values ...any) []any { return values },
		"same":  func(value any) any { return value },
	}
}

func templates() {
	fmt.Printf("# %s: template, then its output, or parse-error or exec-error with Go's message\n", runtime.Version())
	data := map[string]any{"shout": func(text string) string { return text + "!" }}
	for _, v := range values() {
		data[v.name] = v.value
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			fmt.Println(line)
			continue
		}
		parsed, err := template.New("t").Funcs(functions()).Parse(unescape(line))
		if err != nil {
			fmt.Printf("%s\tparse-error\t%s\n", line, escape(err.Error()))
			continue
		}
		var out bytes.Buffer
		if err = parsed.Execute(&out, data); err != nil {
			fmt.Printf("%s\texec-error\t%s\n", line, escape(err.Error()))
		} else {
			fmt.Printf("%s\tok\t%s\n", line, escape(out.String()))
		}
	}
}

func printf() {
	fmt.Printf("# %s: format, name of the value, result of fmt.Sprintf\n", runtime.Version())
	formats := []string{"%v", "%+v", "%#v", "%T", "%t", "%b", "%c", "%d", "%o", "%O", "%q", "%#q", "%+q", "%x", "%X", "%#x", "% x", "% #X",
		"%U", "%#U", "%e", "%E", "%f", "%F", "%g", "%G", "%s", "%z", "%5v|", "%-5v|", "%05d|", "%+d", "% d", "%.2f", "%8.3f|", "%-8.3f|",
		"%08.3f|", "%+.1e", "%#g", "%#.3x", "%.3s|", "%10.2s|", "%-10s|", "%010s|", "%.0f", "%.10g", "%x|%[1]d", "%6.2v|", "%.3q", "%-05d|",
		"%+05d|", "%.5d|", "%8.5d|", "%08d|", "%+q|", "%20q|", "%!", "%", "%%", "%5t|", "%-8q|", "%#o", "%#b", "%.0d|", "%#v|%+v", "%#e", "%#.0f"}
	for _, format := range formats {
		for _, v := range values() {
			fmt.Printf("%s\t%s\t%s\n", escape(format), v.name, escape(fmt.Sprintf(format, v.value)))
		}
	}
}

func comparison() {
	fmt.Printf("# %s: names of two values, then eq ne lt le gt ge: T, F or E for an error\n", runtime.Version())
	data := map[string]any{}
	for _, v := range values() {
		data[v.name] = v.value
	}
	for _, a := range values() {
		for _, b := range values() {
			fmt.Printf("%s\t%s\t", a.name, b.name)
			for _, op := range []string{"eq", "ne", "lt", "le", "gt", "ge"} {
				var out bytes.Buffer
				text := fmt.Sprintf("{{%s .%s .%s}}", op, a.name, b.name)
				if err := template.Must(template.New("t").Parse(text)).Execute(&out, data); err != nil {
					fmt.Print("E")
				} else {
					fmt.Print(strings.ToUpper(out.String()[:1]))
				}
			}
			fmt.Println()
		}
	}
}

func floats() {
	fmt.Printf("# %s: bits of a float64, then each of these formats\n", runtime.Version())
	formats := []string{"%v", "%e", "%.3e", "%f", "%.0f", "%.4f", "%.1g", "%.7g", "%#g", "%x", "%.2x", "%b", "%+.20g"}
	fmt.Println("bits\t" + strings.Join(formats, "\t"))
	random := rand.New(rand.NewSource(42))
	samples := []float64{0, math.Copysign(0, -1), 1, 0.1, 0.5, 1.5, 2.5, 1e-4, 1e-5, 99999, 100000, 999999, 1e6, 1234567, 1e20, 1e21, 1e22, 1e23, 5e-324,
		1e-323, 2.2250738585072014e-308, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), 0.000123456789, 123456.789, 9007199254740993, 4.35, 2.675, 9.995}
	for i := 0; i < 150; i++ {
		samples = append(samples, math.Float64frombits(random.Uint64()), math.Round(random.NormFloat64()*1e6)/1000, random.ExpFloat64()*1e-3)
	}
	for _, f := range samples {
		fmt.Printf("%016x", math.Float64bits(f))
		for _, format := range formats {
			fmt.Printf("\t"+format, f)
		}
		fmt.Println()
	}
}

func main() {
	map[string]func(){"templates": templates, "printf": printf, "comparison": comparison, "floats": floats}[os.Args[1]]()
}
