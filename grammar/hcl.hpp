// The grammar of HCL as bake files use it, token by token: brackets and templates nest without limit, so that
// the reader (src/hcl/parse.cpp) keeps track of them, not the stack of the parser.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::hcl {

using namespace tao::pegtl;

// clang-format off

struct line_comment  : seq< sor< one< '#' >, string< '/', '/' > >, star< not_one< '\n' > > > {};
struct block_comment : seq< string< '/', '*' >, until< string< '*', '/' > > > {};
struct blanks        : plus< one< ' ', '\t', '\r' > > {};
/// Within a line.
struct gap           : star< sor< blanks, line_comment, block_comment > > {};
/// Over lines.
struct wide_gap      : star< sor< blanks, one< '\n' >, line_comment, block_comment > > {};

struct name          : seq< sor< alpha, one< '_' > >, star< sor< alnum, one< '_', '-' > > > > {};
struct number        : seq< opt< one< '-' > >, plus< digit >, opt< one< '.' >, plus< digit > > > {};

// Pieces of a quoted text. A doubled dollar begins no template.
struct hex4          : rep< 4, xdigit > {};
struct hex8          : rep< 8, xdigit > {};
struct unicode       : seq< one< '\\' >, sor< seq< one< 'u' >, hex4 >, seq< one< 'U' >, hex8 > > > {};
struct simple_escape : seq< one< '\\' >, one< 'n', 'r', 't', '"', '\\' > > {};
struct no_template   : sor< string< '$', '$', '{' >, string< '%', '%', '{' > > {};
struct template_open : seq< one< '$', '%' >, one< '{' > > {};
struct plain         : plus< not_one< '"', '\\', '$', '%', '\n' > > {};
struct sign          : one< '$', '%' > {};
// Pieces of what stands in a template.
struct inside        : star< not_one< '"', '{', '}' > > {};

struct heredoc_open  : seq< string< '<', '<' >, opt< one< '-' > >, name, opt< one< '\r' > >, one< '\n' > > {};

// clang-format on

}  // namespace imglint::grammar::hcl
