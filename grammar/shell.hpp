// The grammar of shell words, token by token: quotes, `$( )` and `${ }` nest without limit, so that the
// reader (src/kinds/shell/words.cpp) keeps track of them, not the stack of the parser.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::shell {

using namespace tao::pegtl;

// clang-format off

struct line_end      : sor< string< '\r', '\n' >, one< '\n' > > {};
struct blank         : one< ' ', '\t' > {};
struct blanks        : plus< blank > {};
struct continuation  : seq< one< '\\' >, line_end > {};
struct end_of_line   : line_end {};
struct comment       : seq< one< '#' >, star< not_one< '\n' > > > {};

// What another language put in, before the shell sees it: the reader marks it with these two bytes.
struct outer         : seq< one< '\x01' >, star< one< '\x02' > > > {};
// A template's, on one line.
struct braces        : seq< string< '{', '{' >, rep_opt< 256, not_at< string< '}', '}' > >, not_one< '\r', '\n' > >,
                            string< '}', '}' > > {};
// `<name>` in a document.
struct placeholder   : seq< one< '<' >, alpha, star< not_one< ' ', '\t', '\r', '\n', '<', '>' > >, one< '>' > > {};

struct name          : seq< sor< alpha, one< '_' > >, star< sor< alnum, one< '_' > > > > {};
struct special       : one< '@', '*', '#', '?', '-', '$', '!' > {};
struct parameter     : sor< name, plus< digit >, special > {};
struct bare_name     : sor< name, digit, special > {};
struct variable      : seq< one< '$' >, bare_name > {};
struct presence_op   : seq< opt< one< ':' > >, one< '-', '=', '+', '?' > > {};
struct other_op      : one< '#', '%', '/', '^', ',', ':', '[', '@', '*', '~' > {};
struct braced_prefix : one< '!', '#' > {};
struct braced_close  : one< '}' > {};
struct whole_name    : parameter {};
struct braced_whole  : seq< string< '$', '{' >, whole_name, one< '}' > > {};
struct braced_open   : seq< string< '$', '{' >, opt< braced_prefix >, opt< parameter >,
                            opt< sor< presence_op, other_op > > > {};
struct arithmetic    : string< '$', '(', '(' > {};
struct command_open  : string< '$', '(' > {};
struct backquoted    : seq< one< '`' >, star< sor< seq< one< '\\' >, any >, not_one< '`', '\\' > > >, one< '`' > > {};
struct ansi_quoted   : seq< string< '$', '\'' >, star< sor< seq< one< '\\' >, any >, not_one< '\'', '\\' > > >,
                            one< '\'' > > {};
struct lone_dollar   : one< '$' > {};
struct open_quote    : one< '\'', '`' > {};
struct open_backquote : one< '`' > {};
struct expansion     : sor< variable, braced_whole, braced_open, arithmetic, command_open, lone_dollar > {};

struct single_text   : star< not_one< '\'' > > {};
struct single_quoted : seq< one< '\'' >, single_text, one< '\'' > > {};
struct double_open   : seq< opt< one< '$' > >, one< '"' > > {};
struct double_close  : one< '"' > {};
struct escaped_byte  : any {};
struct escape        : seq< one< '\\' >, escaped_byte > {};
struct double_escape : seq< one< '\\' >, one< '$', '`', '"', '\\' > > {};

struct heredoc       : seq< string< '<', '<' >, opt< one< '-' > > > {};
struct redirection   : sor< string< '<', '<', '<' >, string< '&', '>', '>' >, string< '&', '>' >, string< '>', '>' >,
                            string< '>', '&' >, string< '>', '|' >, string< '<', '&' >, string< '<', '>' >,
                            one< '<', '>' > > {};
struct double_paren  : string< '(', '(' > {};
struct open_paren    : one< '(' > {};
struct close_paren   : one< ')' > {};
struct separator     : sor< string< ';', ';', '&' >, string< ';', ';' >, string< ';', '&' >, string< '&', '&' >,
                            string< '|', '|' >, string< '|', '&' >, one< ';', '&', '|' > > {};

struct plain         : plus< not_one< ' ', '\t', '\r', '\n', '\\', '\'', '"', '`', '$', ';', '&', '|', '(', ')', '<', '>',
                                      '{', '\x01' > > {};
struct quoted_plain  : plus< not_one< '\\', '"', '`', '$', '{', '\x01' > > {};
struct braced_plain  : plus< not_one< '\\', '\'', '"', '`', '$', '{', '}', '\x01' > > {};
struct word_plain    : plus< not_one< '\\', '\'', '"', '`', '$', '{', '\x01' > > {};
struct arithmetic_plain : plus< not_one< '(', ')', '`', '$', '{', '\x01' > > {};
/// A run of them is read once.
struct other         : sor< plus< one< '{' > >, any > {};

struct word_part     : sor< continuation, outer, braces, single_quoted, double_open, ansi_quoted, backquoted, open_quote,
                            expansion, escape > {};
// Where commands stand: between words a hash begins a comment.
struct in_commands   : sor< blanks, end_of_line, word_part, redirection, separator, double_paren, open_paren, close_paren, plain,
                            other > {};
struct with_heredoc  : sor< seq< not_at< string< '<', '<', '<' > >, heredoc >, in_commands > {};
struct between_words : sor< comment, with_heredoc > {};
struct within_word   : with_heredoc {};
struct in_document_between : sor< placeholder, between_words > {};
struct in_document_word    : sor< placeholder, within_word > {};
// Where words are all there is, as Python's shlex splits them.
struct literal_blanks : plus< one< ' ', '\t', '\r', '\n' > > {};
struct literal_escape : seq< one< '\\' >, one< '"', '\\' > > {};
struct literal_plain : plus< not_one< ' ', '\t', '\r', '\n', '\\', '\'', '"' > > {};
struct literal_quoted : plus< not_one< '\\', '"' > > {};
struct literal_open  : one< '"' > {};
struct literal_words : sor< literal_blanks, single_quoted, literal_open, open_quote, escape, literal_plain, other > {};
struct in_literal_quotes : sor< double_close, literal_escape, literal_quoted, other > {};
struct in_quotes     : sor< double_close, outer, braces, continuation, double_escape, backquoted, open_backquote, expansion,
                            quoted_plain, other > {};
struct in_braces     : sor< braced_close, word_part, braced_plain, other > {};
struct in_quoted_braces : sor< braced_close, outer, braces, continuation, double_open, double_escape, backquoted, ansi_quoted,
                               expansion, braced_plain, other > {};
struct in_arithmetic : sor< open_paren, close_paren, outer, braces, backquoted, expansion, arithmetic_plain, other > {};
struct in_word       : sor< word_part, word_plain, other > {};

// clang-format on

}  // namespace imglint::grammar::shell
