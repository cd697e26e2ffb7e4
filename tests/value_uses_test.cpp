// What the templates of a chart do with a value: whether all of them put `/` and a name behind it.
#include "kinds/manifest/value_uses.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace imglint::manifest {
namespace {

bool is_prefix(const std::vector<std::string_view>& texts) {
  PrefixSearch search({"i.r"});
  for (const std::string_view text : texts) search.look_at(text);
  return !search.found().empty();
}

TEST(ValueUses, APrefixHasASlashBehindItEverywhere) {
  for (const std::string_view text : {
           "a: {{ .Values.i.r }}/{{ .Values.n }}:{{ .Values.i.t }}\n",
           "a: \"{{.Values.i.r}}/b\"\r\n",
           "- --image={{ $.Values.i.r }}/b",
           "a: {{ $root.Values.i.r }}/b",
           "{{ printf `%s/%s` .Values.i.r .n | quote }}",
           "{{ $x := printf \"%s/%s:%s\" .Values.i.r .n .t }}",
           "{{ include \"x\" (printf \"%s/%s\" (.Values.i.r | default \"y\") .n) }}",
           "{{- define \"x\" -}}\r\n{{- .Values.i.r -}}\r\n/{{- .n -}}{{ end }}",
           "a: {{ .Values.i.r -}}\n  /b",
           "a: {{ (.Values.i.r | default .Values.j) | trim }}/b",
           "a: {{ default \"x\" .Values.i.r }}/b",
           "{{ if .Values.i.r }}\na: {{ .Values.i.r }}/b{{ else if (.Values.i.r) }}{{ end }}",
           "{{/* {{ .Values.i.r }} */}} a: {{ .Values.i.r }}/b {{- /* .Values */}}",
           "a: {{ .Values.i.r }}/b {{ .Values.i.rx }} {{ .Values.ii.r }} {{ .Values.x.i.r }} {{ .extraValues "
           "}}",
       })
    EXPECT_TRUE(is_prefix({text})) << text;
  EXPECT_TRUE(is_prefix({"a: {{ .Values.i.r }}/b", "no value", "c: {{ .Values.i.r }}/d"}));
}

TEST(ValueUses, WhatIsNotPlainlyUnderstoodIsNone) {
  for (const std::string_view text : {
           "",
           "no value",
           "{{ if .Values.i.r }}{{ end }}",
           "a: {{ .Values.i.r }}",
           "a: {{ .Values.i.r }}:1",
           "a: {{ .Values.i.r }}\n/b",
           "a: {{ .Values.i.r }}{{ \"/\" }}b",
           "{{ printf \"%s:%s\" .Values.i.r .t }}",
           "{{ printf \"%s/%s\" .Values.g .Values.i.r }}",
           "{{ printf .Values.i.r }}/b",
           "{{ $x := .Values.i.r }}{{ $x }}/b",
           "{{ with .Values.i.r }}{{ . }}/b{{ end }}",
           "a: {{ .Values.i.r | quote }}/b",
           "a: {{ .Values.j | default .Values.i.r }}/b",
           "a: {{ f .Values.i.r }}/b",
           "a: {{ .Values.i.r | }}/b",
           "a: https://{{ .Values.i.r }}/b",
           "a: {{ .Values.g }}/{{ .Values.i.r }}/b",
           "a: {{ .Values.g }}{{ .Values.i.r }}/b",
           "a: {{- .Values.i.r }}/b",
           "a: {{ (index . 0).Values.i.r }}/b",
       })
    EXPECT_FALSE(is_prefix({text})) << text;
}

TEST(ValueUses, OneOtherUseIsEnough) {
  for (const std::string_view other : {
           "# {{ .Values.i.r }}",
           "{{ with .Values.i }}{{ .r }}/b{{ end }}",
           "{{ toYaml .Values.i | nindent 2 }}",
           "{{ toYaml .Values }}",
           "{{ index .Values \"i\" }}",
           "{{ index .Values.i \"r\" }}",
           "{{ index . \"Values\" \"i\" }}",
           "{{ .Values.i.r.x }}",
           "{{ if and .Values.i.r .Values.j }}{{ end }}",
           "{{ required \"where is .Values.i.r?\" .Values.j }}",
           "{{ if .Values.j",
       })
    EXPECT_FALSE(is_prefix({"a: {{ .Values.i.r }}/b", other})) << other;
}

TEST(ValueUses, LongActionsAreNotLookedInto) {
  const auto nested = [](std::size_t depth) {
    return "{{ " + std::string(depth, '(') + ".Values.i.r" + std::string(depth, ')') + " }}/b";
  };
  EXPECT_TRUE(is_prefix({nested(400)}));
  EXPECT_FALSE(is_prefix({nested(100'000)}));
}

TEST(ValueUses, EachValueIsJudgedByItself) {
  PrefixSearch search({"a.r", "b.r", "c.r"});
  search.look_at("{{ .Values.a.r }}/x {{ .Values.b.r }}:1 {{ .Values.c.r }}/y");
  EXPECT_EQ(search.found(), (std::vector<std::string>{"a.r", "c.r"}));
  search.look_at("{{ .Values.c }}");
  EXPECT_EQ(search.found(), std::vector<std::string>{"a.r"});
  EXPECT_FALSE(search.is_over());
  search.look_at("{{ .Values }}");
  EXPECT_TRUE(search.is_over());
}

}  // namespace
}  // namespace imglint::manifest
