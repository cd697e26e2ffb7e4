// The grammar of image references, docs/spec/reference.md 3. Vocabulary only: what the parts mean, and
// whether the first one is a registry, is for src/reference/parse.cpp.
#pragma once

#include <tao/pegtl.hpp>

namespace imglint::grammar::reference {

using namespace tao::pegtl;

// clang-format off

struct lower_alnum : ranges< 'a', 'z', '0', '9' > {};
struct separator   : sor< two< '_' >, one< '.', '_' >, plus< one< '-' > > > {};   // "__" before "_"
struct component   : list< plus< lower_alnum >, separator > {};
struct repository  : list< component, one< '/' > > {};

struct label       : list< plus< alnum >, plus< one< '-' > > > {};
struct address     : seq< one< '[' >, plus< sor< xdigit, one< ':' > > >, one< ']' > > {};
struct host        : sor< address, list< label, one< '.' > > > {};
struct port        : plus< digit > {};
struct registry    : seq< host, opt< one< ':' >, port >, at< one< '/' > > > {};   // the "/" decides

struct tag_start   : sor< alnum, one< '_' > > {};
struct tag         : seq< tag_start, rep_max< 127, sor< tag_start, one< '.', '-' > > > > {};

struct algorithm   : list< seq< alpha, star< alnum > >, one< '-', '_', '+', '.' > > {};
struct hex         : rep_min< 32, xdigit > {};
struct digest      : seq< algorithm, one< ':' >, hex > {};

struct suffix      : seq< opt< one< ':' >, tag >, opt< one< '@' >, digest >, eof > {};
struct local       : seq< repository, suffix > {};                                // no registry is possible
struct full        : seq< opt< registry, one< '/' > >, repository, suffix > {};
struct only_digest : seq< digest, eof > {};

// clang-format on

}  // namespace imglint::grammar::reference
