// The grammar of variables, `$NAME` and `${NAME:-word}`. First what compose and Dockerfiles share, then each
// dialect in a namespace of its own.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::expansion {

using namespace tao::pegtl;

// clang-format off

struct name_start           : sor< alpha, one< '_' > > {};
struct name                 : seq< name_start, star< sor< name_start, digit > > > {};

struct default_if_empty     : string< ':', '-' > {};
struct default_if_unset     : one< '-' > {};
struct required_if_empty    : string< ':', '?' > {};
struct required_if_unset    : one< '?' > {};
struct replacement_if_given : string< ':', '+' > {};
struct replacement_if_set   : one< '+' > {};
struct presence_operator    : sor< default_if_empty, default_if_unset, required_if_empty, required_if_unset,
                                   replacement_if_given, replacement_if_set > {};

// clang-format on

}  // namespace imglint::grammar::expansion

// docs/spec/dockerfile.md 2.8. Escape is the escape character of the file.
namespace imglint::grammar::expansion::dockerfile {

// clang-format off

// Letters of every script, near enough: what is no ASCII counts, but for blanks, signs and private use.
struct foreign_letter    : utf8::ranges< 0xaa, 0xaa, 0xb5, 0xb5, 0xba, 0xba, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x167f,
                                         0x1681, 0x1fff, 0x2071, 0x209c, 0x2102, 0x2139, 0x2c00, 0x2dff,
                                         0x3005, 0x3006, 0x3031, 0xd7ff, 0xf900, 0xfdff, 0xfe70, 0xfefc,
                                         0xff21, 0xff3a, 0xff41, 0xff5a, 0xff66, 0xffdc, 0x10000, 0x1cfff,
                                         0x20000, 0x3ffff > {};
struct name_character    : sor< alnum, one< '_' >, foreign_letter > {};
struct special_parameter : one< '@', '*', '#', '?', '-', '$', '!' > {};
struct parameter         : sor< plus< digit >, special_parameter, plus< name_character > > {};
struct bare_parameter    : parameter {};
struct braced_parameter  : parameter {};

struct single_open       : one< '\'' > {};
struct single_text       : star< not_one< '\'' > > {};
struct single_close      : one< '\'' > {};
struct single_quoted     : seq< single_open, single_text, single_close > {};

template< char Escape > struct substitution;

// Inside double quotes the escape character counts only before `"`, `$` and itself.
struct double_open       : one< '"' > {};
struct double_close      : one< '"' > {};
template< char Escape > struct quoted_plain   : plus< not_one< '"', '$', Escape > > {};
template< char Escape > struct quoted_escape  : seq< one< Escape >, one< '"', '$', Escape > > {};
template< char Escape > struct lone_escape    : one< Escape > {};
template< char Escape > struct double_part    : sor< quoted_plain< Escape >, substitution< Escape >,
                                                     quoted_escape< Escape >, lone_escape< Escape > > {};
template< char Escape > struct double_quoted  : seq< double_open, star< double_part< Escape > >, double_close > {};

// Outside of quotes it keeps whatever comes next; at the end it vanishes.
struct escaped_byte      : opt< any > {};
template< char Escape > struct escaped        : seq< one< Escape >, escaped_byte > {};

template< char Escape, char... Stop > struct plain : plus< not_one< Escape, '\'', '"', '$', Stop... > > {};
template< char Escape, char... Stop > struct part  : sor< plain< Escape, Stop... >, substitution< Escape >,
                                                          double_quoted< Escape >, single_quoted,
                                                          escaped< Escape > > {};
template< char Escape, char... Stop > struct text  : star< part< Escape, Stop... > > {};

// `${` commits: what follows is right or an error. The operators differ in their first two characters, so
// that nothing is read twice.
struct braced_open       : one< '{' > {};
struct braced_more       : not_at< eof > {};
struct braced_start      : not_at< one< '{', '}', ':' > > {};
struct plain_close       : one< '}' > {};
struct closing_brace     : one< '}' > {};
struct operand_close     : closing_brace {};
struct trim_operator     : one< '#', '%' > {};
struct replace_operator  : seq< one< '/' >, opt< one< '/' > > > {};
struct replaced_close    : one< '/' > {};
struct unknown_operator  : seq< one< ':' >, not_at< one< '-', '?', '+', '#', '%' > >, any > {};
template< char Escape > struct operand        : seq< text< Escape, '}' >, operand_close > {};
template< char Escape > struct replacement    : seq< text< Escape, '/' >, replaced_close, operand< Escape > > {};
template< char Escape > struct modifier       : sor< plain_close,
                                                     seq< sor< presence_operator, trim_operator, unknown_operator >,
                                                          operand< Escape > >,
                                                     seq< replace_operator, replacement< Escape > > > {};
template< char Escape > struct braced         : seq< braced_more, braced_start, opt< braced_parameter >,
                                                     modifier< Escape > > {};
struct lone_dollar       : success {};
template< char Escape > struct substitution   : seq< one< '$' >, if_then_else< braced_open, braced< Escape >,
                                                                    sor< bare_parameter, lone_dollar > > > {};

// A byte order mark at the very start of a word vanishes, an accident of the scanner BuildKit uses.
struct lost_mark         : string< '\xEF', '\xBB', '\xBF' > {};
template< char Escape > struct word           : seq< opt< lost_mark >, text< Escape >, eof > {};

// clang-format on

}  // namespace imglint::grammar::expansion::dockerfile

// docs/spec/compose.md 2.5. One step of a template. Where the word behind an operator ends is a matter of
// counting braces, which no rule here can do: src/expansion/template.cpp does.
namespace imglint::grammar::expansion::compose {

// clang-format off

struct text             : plus< not_one< '$' > > {};
struct escaped_dollar   : two< '$' > {};
struct lone_dollar      : one< '$' > {};
struct bare_variable    : seq< one< '$' >, name > {};
struct open             : string< '$', '{' > {};
struct close            : one< '}' > {};
struct braced_name      : name {};
struct word_follows     : presence_operator {};
struct braced_variable  : seq< open, braced_name, sor< close, word_follows > > {};
struct invalid_variable : open {};
struct step             : sor< text, escaped_dollar, bare_variable, braced_variable, invalid_variable, lone_dollar > {};

// clang-format on

}  // namespace imglint::grammar::expansion::compose
