// The lines of a .env file, docs/spec/compose.md 2.5. Values are templates of grammar/expansion.hpp once
// their quotes and escapes are gone.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::env_file {

using namespace tao::pegtl;

// clang-format off

struct blank          : one< ' ', '\t', '\v', '\f', '\r' > {};
struct comment        : seq< one< '#' >, star< not_one< '\n' > > > {};
struct gap            : star< sor< blank, one< '\n' >, comment > > {};                  // between assignments

struct foreign        : not_range< '\0', '\x7F' > {};                                   // letters of other scripts
struct key_character  : sor< alnum, one< '_', '.', '-', '[', ']' >, foreign > {};
struct key            : plus< key_character > {};
struct exported       : seq< string< 'e', 'x', 'p', 'o', 'r', 't' >, plus< blank > > {};
struct separator      : one< '=', ':' > {};
struct assigns        : seq< separator, star< blank > > {};
struct inherits       : at< sor< one< '\n' >, eof > > {};                               // a bare name
struct head           : seq< opt< exported >, key, star< blank >, sor< assigns, inherits > > {};

// What an octal escape stands for is one byte; `\0` begins it.
struct escaped_octal  : seq< one< '0' >, rep_max< 3, range< '0', '7' > > > {};
struct escaped_letter : one< 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', '"', '$' > {};
struct double_text    : plus< not_one< '"', '\\' > > {};
struct double_escape  : seq< one< '\\' >, sor< escaped_letter, escaped_octal > > {};
struct other_backslash: one< '\\' > {};
struct double_quoted  : seq< one< '"' >, star< sor< double_text, double_escape, other_backslash > >, one< '"' > > {};

struct single_text    : plus< not_one< '\'', '\\' > > {};
struct single_escape  : string< '\\', '\'' > {};
struct single_quoted  : seq< one< '\'' >, star< sor< single_text, single_escape, other_backslash > >, one< '\'' > > {};

struct comment_follows: seq< star< seq< blank, at< blank > > >, string< ' ', '#' > > {};     // a space, no other blank
struct blanks         : plus< blank > {};
struct words          : plus< not_one< ' ', '\t', '\v', '\f', '\r', '\n' > > {};
struct inner_blanks   : seq< at< plus< blank >, words >, blanks > {};                   // not those at the end
struct unquoted       : star< not_at< comment_follows >, sor< words, inner_blanks > > {};

// clang-format on

}  // namespace imglint::grammar::env_file
