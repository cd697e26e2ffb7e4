// Comments that silence a linter, from the hash on: our own, and those of hadolint, dclint and Trivy.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::suppression {

using namespace tao::pegtl;
// clang-format off
struct blanks    : star< blank > {};
struct gap       : plus< blank > {};
struct word      : plus< not_one< ' ', '\t' > > {};
struct opening   : seq< sor< plus< one< '#' > >, plus< one< '/' > >, plus< one< ';' > > >, blanks > {};
struct equals    : seq< blanks, one< '=' >, blanks > {};
struct comma     : seq< blanks, one< ',' >, blanks > {};
struct rule_name : plus< sor< alnum, one< '-', '_' > > > {};
struct rule_list : list< rule_name, comma > {};

// # imglint ignore=rule,rule until=2027-01-31 reason
struct own_name     : TAO_PEGTL_STRING( "imglint" ) {};
struct scope_stage  : TAO_PEGTL_STRING( "ignore-stage" ) {};
struct scope_file   : TAO_PEGTL_STRING( "ignore-file" ) {};
struct scope_line   : TAO_PEGTL_STRING( "ignore" ) {};
struct scope        : sor< scope_stage, scope_file, scope_line > {};   // the longer words first
struct date         : star< not_one< ' ', '\t' > > {};
struct until        : seq< TAO_PEGTL_STRING( "until=" ), date > {};
struct reason_word  : word {};
struct tail         : star< gap, sor< until, reason_word > > {};
struct own_start    : seq< opening, own_name, opt< one< ':' > >, gap > {};
struct own          : seq< own_start, scope, equals, rule_list, at< sor< blank, eof > >, tail, blanks, eof > {};

// What was meant to be one: `# imglint ignore missing-tag`, `# imglint disable=missing-tag`.
struct meant        : sor< seq< sor< TAO_PEGTL_STRING( "ignore" ), TAO_PEGTL_STRING( "disable" ),
                                     TAO_PEGTL_STRING( "skip" ) >, not_at< alpha > >,
                           seq< rule_name, equals > > {};
struct own_attempt  : seq< own_start, meant > {};

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
// clang-format on

}  // namespace imglint::grammar::suppression
