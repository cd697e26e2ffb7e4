// The grammar of JSON with comments and trailing commas, token by token: brackets nest without limit, so that
// the reader (src/jsonc/parse.cpp) keeps track of them, not the stack of the parser.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::jsonc {

using namespace tao::pegtl;

// clang-format off

struct line_comment   : seq< string< '/', '/' >, star< not_one< '\n' > > > {};
struct block_comment  : seq< string< '/', '*' >, until< string< '*', '/' > > > {};
struct blank          : one< ' ', '\t', '\r', '\n' > {};
struct gap            : star< sor< plus< blank >, line_comment, block_comment > > {};

struct hex            : rep< 4, xdigit > {};
struct unicode_escape : seq< string< '\\', 'u' >, hex > {};
struct simple_escape  : seq< one< '\\' >, one< '"', '\\', '/', 'b', 'f', 'n', 'r', 't' > > {};
struct string_text    : plus< not_one< '"', '\\', '\r', '\n' > > {};
struct string_part    : sor< string_text, unicode_escape, simple_escape > {};
struct quoted         : seq< one< '"' >, star< string_part >, one< '"' > > {};

struct number         : seq< opt< one< '-' > >, plus< digit >, opt< one< '.' >, plus< digit > >,
                             opt< one< 'e', 'E' >, opt< one< '+', '-' > >, plus< digit > > > {};
struct word           : sor< keyword< 't', 'r', 'u', 'e' >, keyword< 'f', 'a', 'l', 's', 'e' > > {};
struct null           : keyword< 'n', 'u', 'l', 'l' > {};

// clang-format on

}  // namespace imglint::grammar::jsonc
