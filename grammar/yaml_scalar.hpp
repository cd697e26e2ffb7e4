// The spelling of YAML scalars, docs/spec/yaml.md 2: what stands before one (properties), the two quoted
// forms, the header of a block scalar, and what may follow a plain one. Character sets are those of yaml-cpp
// 0.7.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::yaml_scalar {

using namespace tao::pegtl;

// clang-format off

struct blank          : one< ' ', '\t' > {};
struct line_break     : sor< one< '\n' >, string< '\r', '\n' > > {};
struct comment        : seq< one< '#' >, star< not_one< '\n' > > > {};

struct anchor         : seq< one< '&' >, plus< not_one< ' ', '\t', '\r', '\n', '[', ']', '{', '}', ',' > > > {};
struct tag_verbatim   : seq< string< '!', '<' >, star< not_one< '>', ' ', '\t', '\r', '\n' > >, one< '>' > > {};
struct tag_character  : sor< alnum, one< '-', '!', '#', ';', '/', '?', ':', '@', '&', '=', '+', '$', '_', '.', '~', '*',
                                         '\'', '(', ')', '%' > > {};
struct tag            : sor< tag_verbatim, seq< one< '!' >, star< tag_character > > > {};
struct properties     : star< sor< blank, line_break, comment, anchor, tag > > {};

// A fold eats the whole run of blanks and breaks, a run of blanks the whole run: so each byte is read twice at most.
struct fold           : seq< star< blank >, line_break, star< sor< blank, line_break > > > {};
struct blanks         : plus< blank > {};

struct double_text    : plus< not_one< '"', '\\', ' ', '\t', '\r', '\n' > > {};
struct escaped_break  : seq< one< '\\' >, line_break, star< sor< blank, line_break > > > {};
struct escaped_letter : one< '0', 'a', 'b', 't', '\t', 'n', 'v', 'f', 'r', 'e', ' ', '"', '\'', '\\', '/', 'N', '_', 'L', 'P' > {};
struct escaped_hex    : sor< seq< one< 'x' >, rep< 2, xdigit > >,
                             seq< one< 'u' >, rep< 4, xdigit > >,
                             seq< one< 'U' >, rep< 8, xdigit > > > {};
struct letter_escape  : seq< one< '\\' >, escaped_letter > {};
struct hex_escape     : seq< one< '\\' >, escaped_hex > {};
struct double_content : star< sor< double_text, fold, blanks, escaped_break, letter_escape, hex_escape > > {};
struct double_quoted  : seq< one< '"' >, double_content, one< '"' > > {};

struct single_text    : plus< not_one< '\'', ' ', '\t', '\r', '\n' > > {};
struct doubled_quote  : two< '\'' > {};
struct single_content : star< sor< single_text, fold, blanks, doubled_quote > > {};
struct single_quoted  : seq< one< '\'' >, single_content, one< '\'' > > {};

struct block_indicator: one< '|', '>' > {};
struct block_header   : seq< block_indicator, star< sor< digit, one< '+', '-' > > >, star< blank >, opt< comment >,
                             sor< line_break, eof > > {};

// What ends a plain scalar. The blanks before it are outside of the scalar.
struct line_end       : seq< star< blank >, sor< eof, line_break > > {};
struct comment_follows: seq< plus< blank >, one< '#' > > {};
struct key_follows    : seq< star< blank >, one< ':' >, sor< blank, line_break, eof > > {};
struct flow_follows   : seq< star< blank >, sor< one< ',', '[', ']', '{', '}', '?' >, seq< one< ':' >, one< ',', ']', '}' > > > > {};
struct plain_end      : sor< line_end, comment_follows, key_follows > {};
struct flow_plain_end : sor< plain_end, flow_follows > {};

// clang-format on

}  // namespace imglint::grammar::yaml_scalar
