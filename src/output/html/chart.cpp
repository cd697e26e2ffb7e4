#include "output/html/chart.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/counted.hpp"
#include "output/reports/xml.hpp"

namespace imglint::html {
namespace {

using Count = std::uint64_t;

/// With one digit behind the point, in any locale.
std::string decimal(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1).ptr;
  return {text.data(), end};
}

/// The beginning of what chooses rows, or of what does not; `end_of()` ends it.
void begin_choice(const Bar& bar, std::string_view key, std::string_view shape, std::string& out) {
  out += bar.value.empty() ? "<div" : "<button type=\"button\"";
  append_attribute(out, "class", shape);
  if (!bar.value.empty()) {
    append_attribute(out, "data-key", key);
    append_attribute(out, "data-value", bar.value);
    out += " aria-pressed=\"false\"";
  }
  out += '>';
}
std::string_view end_of(const Bar& bar) { return bar.value.empty() ? "</div>" : "</button>"; }

/// A name that may go on in a new line behind each of its slashes.
std::string wrapped_name(std::string_view name) {
  std::string text;
  for (const char byte : xml_text(name)) {
    text += byte;
    if (byte == '/') text += "<wbr>";
  }
  return text;
}

void begin_figure(std::string_view caption, std::string& out) {
  out += "<figure><figcaption>" + xml_text(caption) + "</figcaption>\n";
}

Count sum(const std::vector<Bar>& bars) {
  Count all = 0;
  for (const Bar& bar : bars) all += bar.count;
  return all;
}

/// The ring itself: each part is a stroke that begins where the one before ends.
void write_parts(const std::vector<Bar>& bars, std::string& out) {
  constexpr double around = 100;  // a radius of 15.9155
  const auto all = static_cast<double>(std::max<Count>(1, sum(bars)));
  std::string described;
  for (const Bar& bar : bars)
    described += (described.empty() ? "" : ", ") + bar.name + ' ' + std::to_string(bar.count);
  out += "<svg class=\"ring\" role=\"img\" viewBox=\"0 0 42 42\"";
  append_attribute(out, "aria-label", described);
  out += "><circle class=\"track\" cx=\"21\" cy=\"21\" r=\"15.9155\"/>";
  double begin = 0;
  for (const Bar& bar : bars) {
    const double size = static_cast<double>(bar.count) * around / all;
    out += "<circle cx=\"21\" cy=\"21\" r=\"15.9155\" pathLength=\"100\" stroke-dasharray=\"" +
           decimal(size) + ' ' + decimal(around - size) + "\" stroke-dashoffset=\"" + decimal(25 - begin) +
           "\" class=\"" + std::string(bar.shade) + "\"/>";
    begin += size;
  }
  out += "<text x=\"21\" y=\"23\" text-anchor=\"middle\">" + std::to_string(sum(bars)) + "</text></svg>\n";
}

}  // namespace

std::vector<Bar> ranked(std::vector<Bar> bars, std::size_t limit, FurtherBars further) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.count > b.count; });
  const Count all = bars.size() + further.bars;
  if (all <= limit) return bars;
  Bar rest{std::to_string(all - limit + 1) + " more", further.count, "unknown"};
  for (std::size_t index = limit - 1; index < bars.size(); ++index) rest.count += bars[index].count;
  bars.resize(std::min(bars.size(), limit - 1));
  bars.push_back(std::move(rest));
  return bars;
}

void write_bars(std::string_view caption, std::string_view key, const std::vector<Bar>& bars,
                std::string& out) {
  begin_figure(caption, out);
  if (bars.empty()) return void(out += "<p class=\"soft\">nothing</p></figure>\n");
  Count most = 1;
  for (const Bar& bar : bars) most = std::max(most, bar.count);
  out += "<ul class=\"bars\">\n";
  for (const Bar& bar : bars) {
    out += "<li>";
    begin_choice(bar, key, "bar", out);
    out +=
        "<span>" + wrapped_name(bar.name) + "</span><b>" + std::to_string(bar.count) +
        "</b><svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect height=\"4\" "
        "width=\"" +
        std::to_string(std::max<Count>(1, bar.count * 100 / most)) + "\" class=\"" + std::string(bar.shade) +
        "\"/></svg>";
    out.append(end_of(bar)).append("</li>\n");
  }
  out += "</ul></figure>\n";
}

void write_ring(std::string_view caption, std::string_view key, const std::vector<Bar>& bars,
                std::string& out) {
  begin_figure(caption, out);
  if (bars.empty()) return void(out += "<p class=\"soft\">nothing</p></figure>\n");
  out += "<div class=\"split\">";
  write_parts(bars, out);
  out += "<ul class=\"bars\">\n";
  const Count all = std::max<Count>(1, sum(bars));
  for (const Bar& bar : bars) {
    out += "<li>";
    begin_choice(bar, key, "bar", out);
    out += "<span><i class=\"" + std::string(bar.shade) + "\"></i>" + xml_text(bar.name) + "</span><b>" +
           std::to_string(bar.count) + " (" + std::to_string((bar.count * 100 + all / 2) / all) + " %)</b>";
    out.append(end_of(bar)).append("</li>\n");
  }
  out += "</ul></div></figure>\n";
}

Bar number_of(std::uint64_t count, std::string_view one, std::string_view many) {
  return {word_for(count, one, many), count, ""};
}

void write_number(const Bar& shown, std::string_view key, std::string& out) {
  begin_choice(shown, key, "number", out);
  out += "<b class=\"" + std::string(shown.shade) + "\">" + std::to_string(shown.count) + "</b>" +
         xml_text(shown.name);
  out.append(end_of(shown)).append("\n");
}

void write_severity(Severity severity, std::uint64_t count, std::string& out) {
  const std::string word(to_string(severity));
  const std::string name = severity == Severity::info ? word : word_for(count, word);
  write_number({name, count, count > 0 ? to_string(severity) : "", count > 0 ? word : ""}, "severity", out);
}

}  // namespace imglint::html
