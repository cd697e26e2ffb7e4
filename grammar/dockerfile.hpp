// The grammar of what stands in the lines of a Dockerfile, docs/spec/dockerfile.md. Lines themselves, which
// are joined before any rule here sees them, are for src/kinds/dockerfile/lines.cpp; variables have a grammar
// of their own. Escape is the escape character of the file.
#pragma once

#include <tao/pegtl.hpp>

#include "grammar/expansion.hpp"

namespace imglint::grammar::dockerfile {

using namespace tao::pegtl;

// clang-format off

struct blank             : one< ' ', '\t', '\v', '\f', '\r' > {};                  // splits words
struct space             : sor< one< ' ', '\t', '\n', '\v', '\f', '\r' >,          // Unicode's notion: trims
                                utf8::ranges< 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a,
                                              0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
                                              0x3000, 0x3000 > > {};

// 2.4 Parser directives. Mark is what opens the line.
struct directive_blank   : one< ' ', '\t', '\n', '\f', '\r' > {};
struct directive_name    : seq< alpha, star< alnum > > {};
struct directive_value   : star< any > {};                                         // trimmed by the reader
template< typename Mark > struct directive : seq< Mark, star< space >, directive_name, star< directive_blank >,
                                                  one< '=' >, directive_value > {};
struct hash_mark         : one< '#' > {};
struct slash_mark        : two< '/' > {};

// 2.5 The keyword, flags and words of an instruction.
struct keyword           : plus< not_one< ' ', '\t', '\v', '\f', '\r' > > {};

// A flag's bytes are taken one by one: halves of some characters above 127 are blanks here.
struct flag_blank        : one< ' ', '\t', '\n', '\v', '\f', '\r', '\x85', '\xA0' > {};
template< char Escape > struct flag_plain  : plus< not_one< ' ', '\t', '\n', '\v', '\f', '\r', '\x85', '\xA0',
                                                            '\'', '"', Escape > > {};
struct flag_kept         : opt< any > {};
template< char Escape > struct flag_escape : seq< one< Escape >, flag_kept > {};
template< char Escape, char Quote > struct flag_inner  : plus< not_one< Quote, Escape > > {};
template< char Escape, char Quote > struct flag_quoted : seq< one< Quote >,
                                                              star< sor< flag_inner< Escape, Quote >,
                                                                         flag_escape< Escape > > >,
                                                              sor< one< Quote >, eof > > {};
template< char Escape > struct flag        : seq< at< string< '-', '-' > >,
                                                  plus< sor< flag_plain< Escape >, flag_quoted< Escape, '"' >,
                                                             flag_quoted< Escape, '\'' >,
                                                             flag_escape< Escape > > > > {};
struct flag_gap          : star< flag_blank > {};

struct word              : plus< not_one< ' ', '\t', '\v', '\f', '\r' > > {};
struct words             : seq< opt< list< word, plus< blank > > >, eof > {};

// ARG, ENV and LABEL keep quotes and escapes; an escape character at the very end is dropped.
template< char Escape > struct value_escape : seq< one< Escape >, any > {};
template< char Escape > struct value_double : seq< one< '"' >, star< sor< value_escape< Escape >,
                                                                          not_one< '"', Escape > > >,
                                                   opt< one< '"' > > > {};
struct value_single      : seq< one< '\'' >, star< not_one< '\'' > >, opt< one< '\'' > > > {};
template< char Escape > struct value_plain  : seq< not_at< space >, not_one< '\'', '"', Escape > > {};
template< char Escape > struct value_word   : plus< sor< value_plain< Escape >, value_double< Escape >,
                                                         value_single, value_escape< Escape > > > {};
template< char Escape > struct values       : seq< star< sor< plus< space >, value_word< Escape > > >,
                                                   opt< one< Escape > >, eof > {};

// 2.6, 2.9
struct stage_name        : seq< alpha, star< sor< alnum, one< '-', '_', '.' > > >, eof > {};
struct stage_index       : seq< opt< one< '+', '-' > >, plus< digit >, eof > {};
struct platform_system   : plus< sor< alnum, one< '_', '-' > > > {};
struct platform_version  : star< sor< alnum, one< '_', '.', '+', '-' > > > {};
struct platform_part     : plus< sor< alnum, one< '_', '-', '.' > > > {};
struct platform          : seq< platform_system, opt< one< '(' >, platform_version, one< ')' > >,
                                opt< one< '/' >, platform_part, opt< one< '/' >, platform_part > >, eof > {};

// 2.10 The value of --mount is one record of comma-separated fields.
struct field_piece       : plus< not_one< '"' > > {};
struct field_quote       : seq< at< two< '"' > >, one< '"' > > {};                 // the first of two stays
struct field_quoted      : seq< one< '"' >, star< sor< field_piece, seq< field_quote, one< '"' > > > >,
                                one< '"' > > {};
struct field_bare        : star< not_one< ',', '"' > > {};
struct field             : sor< field_quoted, field_bare > {};
struct record            : seq< list< field, one< ',' > >, eof > {};

// 2.12 A line as it is cut to find heredocs. The backslash is fixed here, whatever the escape directive says.
struct line_blank        : space {};
struct line_substitution : expansion::dockerfile::substitution< '\\' > {};
struct line_quoted       : sor< expansion::dockerfile::double_quoted< '\\' >,
                                expansion::dockerfile::single_quoted > {};
struct line_escaped      : expansion::dockerfile::escaped< '\\' > {};
struct line_heredoc      : seq< two< '<' >, star< space > > {};                    // blanks belong to the word
struct line_plain        : seq< not_at< space >, not_one< '\'', '"', '$', '\\' > > {};
struct line_part         : sor< line_heredoc, line_plain, line_substitution, line_quoted, line_escaped > {};
struct line              : seq< opt< expansion::dockerfile::lost_mark >, star< sor< line_blank, line_part > >,
                                eof > {};

struct heredoc_dash      : one< '-' > {};
struct heredoc_rest      : plus< not_one< '<' > > {};
struct heredoc           : seq< star< digit >, two< '<' >, opt< heredoc_dash >, heredoc_rest, eof > {};

struct name_substitution : disable< expansion::dockerfile::substitution< '\\' > > {};   // kept as written
struct name_quoted       : seq< one< '"' >,
                                star< sor< expansion::dockerfile::quoted_plain< '\\' >, name_substitution,
                                           expansion::dockerfile::quoted_escape< '\\' >,
                                           expansion::dockerfile::lone_escape< '\\' > > >,
                                one< '"' > > {};
struct name_plain        : seq< not_at< space >, not_one< '\'', '"', '$', '\\' > > {};
struct heredoc_name      : seq< star< space >, plus< sor< name_plain, name_substitution, name_quoted,
                                                          expansion::dockerfile::single_quoted,
                                                          expansion::dockerfile::escaped< '\\' > > >, eof > {};

// 2.13 and the JSON form of the syntax directive: the tokens of JSON; how they nest is for the reader.
struct json_blank        : one< ' ', '\t', '\n', '\r' > {};
struct json_escape       : seq< one< '\\' >, sor< one< '"', '\\', '/', 'b', 'f', 'n', 'r', 't' >,
                                                  seq< one< 'u' >, rep< 4, xdigit > > > > {};
struct json_plain        : plus< ranges< '\x20', '\x21', '\x23', '\x5b', '\x5d', '\x7f', '\x80', '\xff' > > {};
struct json_content      : star< sor< json_plain, json_escape > > {};
struct json_string       : seq< one< '"' >, json_content, one< '"' > > {};
struct json_number       : seq< opt< one< '-' > >, sor< one< '0' >, plus< digit > >,
                                opt< one< '.' >, plus< digit > >,
                                opt< one< 'e', 'E' >, opt< one< '+', '-' > >, plus< digit > > > {};
struct json_word         : sor< string< 't', 'r', 'u', 'e' >, string< 'f', 'a', 'l', 's', 'e' >,
                                string< 'n', 'u', 'l', 'l' > > {};
struct json_sign         : one< '[', ']', '{', '}', ',', ':' > {};
struct json_token        : seq< star< json_blank >, sor< json_string, json_sign, json_number, json_word > > {};

// clang-format on

}  // namespace imglint::grammar::dockerfile
