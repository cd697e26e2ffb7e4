// Comments that silence a linter, from their sign on: our own, and those of other linters. One that goes over
// lines is read without the sign that closes it.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::suppression {

using namespace tao::pegtl;
// clang-format off
struct blanks    : star< blank > {};
struct space     : one< ' ', '\t', '\r', '\n' > {};
struct gap       : plus< space > {};
struct word      : plus< not_one< ' ', '\t', '\r', '\n' > > {};
struct line_sign : seq< sor< plus< one< '#' > >, plus< one< '/' > >, plus< one< ';' > > >, blanks > {};
// /* a   {{- /* a   or, on a line below the sign, * a
struct action    : seq< TAO_PEGTL_STRING( "{{" ), opt< one< '-' > >, blanks > {};
struct block_sign: seq< opt< action >, one< '/' >, plus< one< '*' > >, star< sor< space, one< '*' > > > > {};
struct markup    : seq< TAO_PEGTL_STRING( "<!--" ), star< sor< space, one< '*' > > > > {};
struct opening   : sor< block_sign, markup, line_sign > {};
struct equals    : seq< blanks, one< '=' >, blanks > {};
struct comma     : seq< blanks, one< ',' >, blanks > {};
struct rule_name : plus< sor< alnum, one< '-', '_' > > > {};
struct rule_list : list< rule_name, comma > {};

// # imglint ignore=rule,rule until=2027-01-31 reason      # imglint ignore=* reason
struct own_name     : TAO_PEGTL_STRING( "imglint" ) {};
struct scope_stage  : TAO_PEGTL_STRING( "ignore-stage" ) {};
struct scope_file   : TAO_PEGTL_STRING( "ignore-file" ) {};
struct scope_line   : TAO_PEGTL_STRING( "ignore" ) {};
struct scope        : sor< scope_stage, scope_file, scope_line > {};   // the longer words first
struct date         : star< not_one< ' ', '\t', '\r', '\n' > > {};
struct until        : seq< TAO_PEGTL_STRING( "until=" ), date > {};
struct reason_word  : word {};
struct tail         : star< gap, sor< until, reason_word > > {};
struct own_start    : seq< opening, own_name, opt< one< ':' > >, gap > {};
struct every_rule   : one< '*' > {};
struct own_rules    : sor< every_rule, rule_list > {};
struct own          : seq< own_start, scope, equals, own_rules, at< sor< space, eof > >, tail, blanks, eof > {};

// What was meant to be one: `# imglint ignore missing-tag`, `# imglint disable=missing-tag`, `# imglint:ignore=a`,
// `# imglint-ignore=a`, `# ImgLint ignore=a`, `# imglint off`, `# imglint enable`; not `# imglint on all branches`.
struct any_name     : TAO_PEGTL_ISTRING( "imglint" ) {};
struct meant_word   : seq< sor< TAO_PEGTL_ISTRING( "ignore" ), TAO_PEGTL_ISTRING( "disable" ),
                                TAO_PEGTL_ISTRING( "skip" ), TAO_PEGTL_ISTRING( "off" ),
                                TAO_PEGTL_ISTRING( "suppress" ), TAO_PEGTL_ISTRING( "silence" ),
                                TAO_PEGTL_ISTRING( "mute" ), TAO_PEGTL_ISTRING( "nolint" ),
                                TAO_PEGTL_ISTRING( "noqa" ) >, not_at< alpha > > {};
struct common_word  : seq< sor< TAO_PEGTL_ISTRING( "on" ), TAO_PEGTL_ISTRING( "enable" ),
                                TAO_PEGTL_ISTRING( "allow" ), TAO_PEGTL_ISTRING( "accept" ),
                                TAO_PEGTL_ISTRING( "except" ), TAO_PEGTL_ISTRING( "exclude" ) >, not_at< alpha > > {};
struct reach        : seq< one< '-', '_' >, sor< TAO_PEGTL_ISTRING( "next" ), TAO_PEGTL_ISTRING( "line" ),
                                                 TAO_PEGTL_ISTRING( "file" ), TAO_PEGTL_ISTRING( "all" ) > > {};
struct alone        : seq< common_word, sor< reach, one< ':', '(' >, seq< star< space >, eof > > > {};
struct meant        : sor< meant_word, seq< rule_name, equals >, alone > {};
struct joined       : seq< one< '-', '_', '.' >, sor< meant_word, alone > > {};   // not `# imglint-version=1`
struct own_divider  : sor< seq< opt< one< ':' > >, gap >, one< ':' > > {};
struct own_attempt  : seq< opening, any_name, sor< seq< own_divider, meant >, joined > > {};

// The same in the words of linters of other things: `# noqa: imglint`, `# nolint:imglint`,
// `# trunk-ignore(hadolint/DL3007, imglint/latest-tag)`; not `# noqa, for imglint finds it`.
struct other_word   : sor< TAO_PEGTL_ISTRING( "noqa" ), TAO_PEGTL_ISTRING( "nolint" ), TAO_PEGTL_STRING( "nosec" ),
                           seq< TAO_PEGTL_STRING( "trunk-ignore" ), star< one< '-' >, plus< alpha > > >,
                           TAO_PEGTL_STRING( "lint:ignore" ) > {};
struct other_name   : seq< not_at< any_name >, plus< sor< alnum, one< '-', '_', '/', '.' > > > > {};
struct foreign_attempt : seq< opening, other_word, plus< one< ' ', '\t', ':', '(', '[', '=' > >,
                              star< other_name, comma >, any_name, not_at< sor< alnum, one< '-', '_' > > > > {};

// Perhaps one, if the word is a rule: `# imglint latest-tag`, `# imglint: allow latest-tag`.
struct maybe_own    : seq< opening, any_name, own_divider, opt< common_word, gap >, rule_name,
                           at< sor< space, one< ',' >, eof > > > {};

// # hadolint ignore=DL3006,DL3007      # hadolint global ignore=DL3006
struct global       : seq< TAO_PEGTL_STRING( "global" ), gap > {};
struct stage        : seq< TAO_PEGTL_STRING( "stage" ), gap > {};
struct code         : seq< sor< TAO_PEGTL_STRING( "DL" ), TAO_PEGTL_STRING( "SC" ) >, plus< digit > > {};
struct code_list    : seq< at< list< code, comma >, blanks, sor< one< '#' >, eof > >, rule_list > {};   // or none counts
struct hadolint     : seq< opening, TAO_PEGTL_STRING( "hadolint" ), gap, opt< sor< global, stage > >,
                           TAO_PEGTL_STRING( "ignore" ), equals, code_list, blanks, sor< one< '#' >, eof > > {};

// # dclint disable-line rule rule      # dclint disable rule      # dclint disable-file
struct disable_line : TAO_PEGTL_STRING( "disable-line" ) {};
struct disable_file : TAO_PEGTL_STRING( "disable-file" ) {};
struct disable      : TAO_PEGTL_STRING( "disable" ) {};
struct dclint       : seq< opening, TAO_PEGTL_STRING( "dclint" ), gap, sor< disable_line, disable_file, disable >,
                           star< gap, rule_name >, blanks, sor< one< '#' >, eof > > {};

// #trivy:ignore:AVD-DS-0001:exp:2027-01-31
struct expiry       : seq< TAO_PEGTL_STRING( ":exp:" ), date > {};
struct trivy        : seq< opening, TAO_PEGTL_STRING( "trivy:ignore:" ), rule_name, opt< expiry >,
                           at< sor< blank, eof > > > {};

// # check=skip=DuplicateStageName;error=true, a directive of BuildKit
struct check        : TAO_PEGTL_ISTRING( "check" ) {};
struct skip         : seq< TAO_PEGTL_ISTRING( "skip" ), equals > {};
struct other_option : seq< not_at< skip >, plus< not_one< ';' > >, one< ';' >, blanks > {};
struct buildkit     : seq< opening, check, equals, star< other_option >, skip, rule_list, blanks,
                           sor< one< ';' >, eof > > {};

// # tally ignore=hadolint/DL3006,StageNameCasing;reason=why      # tally global ignore=all
struct name_space   : seq< plus< sor< alnum, one< '-' > > >, one< '/' > > {};
struct tally_list   : list< seq< opt< name_space >, rule_name >, comma > {};
struct tally        : seq< opening, TAO_PEGTL_STRING( "tally" ), gap, opt< global >, TAO_PEGTL_STRING( "ignore" ),
                           equals, tally_list, blanks, sor< one< ';' >, eof > > {};

// # checkov:skip=CKV_DOCKER_7:why, of the whole file
struct checkov      : seq< opening, sor< TAO_PEGTL_STRING( "checkov:skip=" ), TAO_PEGTL_STRING( "bridgecrew:skip=" ) >,
                           rule_name, at< sor< blank, one< ':' >, eof > > > {};

// # kics-scan ignore-line
struct kics         : seq< opening, TAO_PEGTL_STRING( "kics-scan" ), gap, TAO_PEGTL_STRING( "ignore-line" ), blanks,
                           eof > {};

// # nosemgrep      # nosemgrep: dockerfile.best-practice.missing-image-version.missing-image-version, other
struct dotted       : seq< rule_name, one< '.' > > {};
struct semgrep_list : list< seq< star< seq< at< dotted >, plus< sor< alnum, one< '-', '_' > > >, one< '.' > > >,
                                 rule_name >, comma > {};
struct semgrep      : seq< opening, sor< TAO_PEGTL_STRING( "nosemgrep" ), TAO_PEGTL_STRING( "nosem" ) >,
                           sor< seq< blanks, one< ':' >, blanks, semgrep_list >, at< sor< blank, eof > > > > {};
// clang-format on

}  // namespace imglint::grammar::suppression
