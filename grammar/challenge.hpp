// The value of WWW-Authenticate: challenges and their parameters, both divided by commas (RFC 7235).
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::challenge {

using namespace tao::pegtl;

// clang-format off

struct blanks         : star< one< ' ', '\t' > > {};
struct gap            : star< one< ' ', '\t', ',' > > {};                                // empty elements count for nothing
struct token_character: sor< alnum, one< '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' > > {};

struct quoted_text    : plus< not_one< '"', '\\', '\r', '\n' > > {};
struct escaped        : any {};
struct quoted_pair    : seq< one< '\\' >, escaped > {};
struct quoted         : seq< one< '"' >, star< sor< quoted_text, quoted_pair > >, one< '"' > > {};
struct bare_value     : plus< sor< token_character, one< '/', ':' > > > {};              // seen unquoted: a URL
struct parameter_name : plus< token_character > {};
struct parameter      : seq< parameter_name, blanks, one< '=' >, blanks, sor< quoted, bare_value > > {};
struct parameters     : seq< parameter, star< seq< blanks, one< ',' >, gap, parameter > > > {};

struct ends           : at< blanks, sor< one< ',' >, eof > > {};
struct token68        : seq< plus< sor< alnum, one< '-', '.', '_', '~', '+', '/' > > >, star< one< '=' > >, ends > {};
struct scheme         : plus< token_character > {};
struct one_challenge  : seq< scheme, opt< seq< plus< one< ' ', '\t' > >, sor< parameters, token68 > > > > {};
struct challenges     : seq< gap, opt< one_challenge, star< seq< blanks, one< ',' >, gap, opt< one_challenge > > > >, gap, eof > {};

// clang-format on

}  // namespace imglint::grammar::challenge
