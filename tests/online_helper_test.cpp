// The parts of imglint-online that ask nobody: challenges, credentials, who may be met, manifests, proxies;
// and that a connection to an address that is not allowed carries no byte.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "online/challenge.hpp"
#include "online/credentials.hpp"
#include "online/guard.hpp"
#include "online/manifest.hpp"
#include "online/proxy.hpp"
#include "online/tag_page.hpp"
#include "online/transport.hpp"
#include "online/url.hpp"

namespace imglint {
namespace {

using ::testing::HasSubstr;

/// `scheme(name=value,…)` of each challenge.
std::string dump(std::string_view header) {
  std::string text;
  for (const Challenge& one : read_challenges(header)) {
    text += one.scheme + "(";
    for (const auto& [name, value] : one.parameters) text += name + "=" + value + ";";
    text += ")";
  }
  return text;
}

TEST(Challenges, AreReadWhateverTheCommasDivide) {
  const std::pair<const char*, const char*> table[] = {
      {R"(Bearer realm="https://a/token",service="a",scope="repository:b:pull")",
       "bearer(realm=https://a/token;scope=repository:b:pull;service=a;)"},
      {R"(Basic realm="a, b\" c")", "basic(realm=a, b\" c;)"},
      {R"(Basic)", "basic()"},
      {R"(Negotiate, Basic realm="x")", "negotiate()basic(realm=x;)"},
      {R"(Negotiate dG9rZW4=, Bearer realm = "r" , service=s)", "negotiate()bearer(realm=r;service=s;)"},
      {R"(, ,Basic realm="x",, Bearer realm="y", )", "basic(realm=x;)bearer(realm=y;)"},
      {R"(bearer REALM="a",realm="b")", "bearer(realm=a;)"},
      {R"(Bearer realm=https://a/token)", "bearer(realm=https://a/token;)"},
      {"", ""},
      {R"(Basic realm="open)", ""},
      {R"(Basic realm=)", "basic()"},  // by the grammar a token, as `dG9rZW4=` is one
      {R"(Basic realm=,x=1)", ""},
      {R"("quoted")", ""},
      {"Basic realm=\"a\r\nb\"", ""},
  };
  for (const auto& [header, expected] : table) EXPECT_EQ(dump(header), expected) << header;
}

struct CredentialCase {
  const char* text;
  bool paths;
  const char* registry;
  const char* repository;
  const char* expected;  ///< `kind user secret`
};

std::string dump(const HostCredential& credential) {
  switch (credential.kind) {
    case HostCredential::Kind::none:
      return "none";
    case HostCredential::Kind::password:
      return "password " + credential.user + " " + credential.secret;
    case HostCredential::Kind::identity_token:
      return "identity " + credential.secret;
    case HostCredential::Kind::registry_token:
      return "registry " + credential.secret;
  }
  return {};
}

TEST(CredentialFiles, AreReadAsTheirToolsReadThem) {
  const CredentialCase table[] = {
      // dTpwIHc6eA== is `u:p w:x`, dTp0d28= is `u:two`
      {R"({"auths":{"a.example":{"auth":"dTpwIHc6eA=="}}})", false, "a.example", "x", "password u p w:x"},
      {R"({"auths":{"https://a.example/v1/":{"auth":"dTpwIHc6eA"}}})", false, "a.example", "x",
       "password u p w:x"},
      {R"({"auths":{"http://A.example/v2/":{"auth":"dTpwIHc6eA=="}}})", false, "a.example", "x",
       "password u p w:x"},
      {R"({"auths":{"a.example:5000":{"auth":"dTpwIHc6eA=="}}})", false, "a.example", "x", "none"},
      {R"({"auths":{"b.example":{"auth":"dTpwIHc6eA=="}}})", false, "a.example", "x", "none"},
      {R"({"auths":{"a.example":{"auth":"dTpwIHc6eA=="}}})", false, "sub.a.example", "x", "none"},
      {R"({"auths":{"https://index.docker.io/v1/":{"auth":"dTp0d28="}}})", false, "docker.io", "library/x",
       "password u two"},
      {R"({"auths":{"index.docker.io":{"auth":"dTp0d28="}}})", true, "docker.io", "library/x",
       "password u two"},
      {R"({"auths":{"a.example/team":{"auth":"dTp0d28="}}})", true, "a.example", "team/x", "password u two"},
      {R"({"auths":{"a.example/team":{"auth":"dTp0d28="}}})", true, "a.example", "teams/x", "none"},
      {R"({"auths":{"a.example/team":{"auth":"dTp0d28="}}})", false, "a.example", "team/x", "none"},
      {R"({"auths":{"a.example":{"auth":"dTpwIHc6eA=="},"a.example/t":{"auth":"dTp0d28="}}})", true,
       "a.example", "t/x", "password u two"},
      {R"({"auths":{"a.example":{"identitytoken":"idt","auth":"dTp0d28="}}})", false, "a.example", "x",
       "identity idt"},
      {R"({"auths":{"a.example":{"registrytoken":"rt"}}})", false, "a.example", "x", "registry rt"},
      {R"({"auths":{"a.example":{}}})", false, "a.example", "x", "none"},
      {R"({"auths":{"a.example":{"auth":"!!"}}})", false, "a.example", "x", "none"},
      {R"({"auths":{"a.example":{"auth":"bm8tY29sb24="}}})", false, "a.example", "x", "none"},
      {R"({"auths":[]})", false, "a.example", "x", "none"},
      {R"({"credHelpers":{"a.example":"good"},"auths":{"a.example":{"auth":"dTp0d28="}}})", false,
       "a.example", "x", "password helped a.example"},
      {R"({"credsStore":"good"})", false, "docker.io", "x", "password helped https://index.docker.io/v1/"},
      {R"({"credsStore":"none","auths":{"a.example":{"auth":"dTp0d28="}}})", false, "a.example", "x",
       "password u two"},
      {R"({"credsStore":"token"})", false, "a.example", "x", "identity t"},
      {R"({"credsStore":"a b"})", false, "a.example", "x", "none"},
      {"no json", false, "a.example", "x", "none"},
  };
  const AskHelper ask = [](const std::string& name, const std::string& server,
                           std::string&) -> std::optional<std::string> {
    if (name == "good") return R"({"Username":"helped","Secret":")" + server + R"("})";
    if (name == "token") return R"({"Username":"<token>","Secret":"t"})";
    return std::nullopt;
  };
  for (const CredentialCase& one : table) {
    Credentials credentials({{.origin = "file", .text = one.text, .paths = one.paths}}, ask);
    EXPECT_EQ(dump(credentials.of(one.registry, one.repository)), one.expected) << one.text;
  }
}

TEST(CredentialFiles, TheFirstFileThatKnowsWins) {
  Credentials credentials(
      {{"first", R"({"auths":{"b.example":{"auth":"dTp0d28="}}})", true},
       {"second", R"({"auths":{"a.example":{"auth":"dTp0d28="},"b.example":{"auth":"dTpwIHc6eA=="}}})",
        false}},
      {});
  EXPECT_EQ(dump(credentials.of("a.example", "x")), "password u two");
  EXPECT_EQ(dump(credentials.of("b.example", "x")), "password u two");
  credentials.give("c.example", "me:secret");
  EXPECT_EQ(dump(credentials.of("c.example", "x")), "password me secret");
}

TEST(Base64, ComesBack) {
  for (const std::string text : {"", "a", "ab", "abc", "abcd", "p w:x", "\xFF\x80\x01"})
    EXPECT_EQ(from_base64(to_base64(text)), text);
  EXPECT_EQ(to_base64("anna:p w:x"), "YW5uYTpwIHc6eA==");
}

Url url(const std::string& text) { return read_url(text).value(); }

TEST(Urls, OnlyWhatMayBeAsked) {
  for (const char* text :
       {"file:///etc/passwd", "ftp://a/", "http://u:p@a.example/", "http://u@a.example/", "javascript:x",
        "http://[", "", "/relative", "http://a.example:99999/", "gopher://a/"})
    EXPECT_FALSE(read_url(text)) << text;
  EXPECT_EQ(url("https://A.Example/x").origin(), "https://a.example:443");
  EXPECT_EQ(url("http://2130706433/").host, "127.0.0.1");
  EXPECT_EQ(read_url("/v2/x", "http://a.example:5000/v2/y/manifests/1")->text, "http://a.example:5000/v2/x");
  EXPECT_EQ(with_query(url("https://a.example/token"), {{"scope", "repository:a/b:pull"}}),
            "https://a.example/token?scope=repository%3Aa%2Fb%3Apull");
  EXPECT_EQ(with_query(url("https://a.example/token?x=1"), {{"a", "b&c"}}),
            "https://a.example/token?x=1&a=b%26c");
}

TEST(Guards, CredentialsGoToTheirOwnAlone) {
  RegistryAccess access;
  access.realms = {{"a.example.com", {"auth.other.org"}}};
  const Guard guard(access);
  const auto sees = [&](const std::string& registry, const std::string& realm) {
    return guard.may_see_credentials(registry, url("https://" + registry + "/v2/"), url(realm));
  };
  EXPECT_TRUE(sees("a.example.com", "https://a.example.com/token"));
  EXPECT_TRUE(sees("a.example.com", "https://auth.example.com/token"));
  EXPECT_TRUE(sees("a.example.com", "https://auth.other.org/token"));
  EXPECT_FALSE(sees("b.example.com", "https://auth.other.org/token"));  // named for another registry
  EXPECT_FALSE(sees("a.example.com", "https://example.org/token"));
  EXPECT_FALSE(sees("a.example.com", "http://a.example.com/token"));
  EXPECT_FALSE(sees("one.azurecr.io", "https://two.azurecr.io/token"));  // each customer has a host there
  EXPECT_FALSE(sees("one.jfrog.io", "https://two.jfrog.io/token"));
  EXPECT_TRUE(sees("one.jfrog.io", "https://one.jfrog.io/token"));
  EXPECT_FALSE(sees("a.github.io", "https://b.github.io/token"));
  EXPECT_FALSE(sees("a.co.uk", "https://b.co.uk/token"));
  EXPECT_FALSE(sees("10.0.0.1", "https://10.0.0.2/token"));
  EXPECT_TRUE(guard.may_see_credentials("docker.io", url("https://registry-1.docker.io/"),
                                        url("https://auth.docker.io/token")));
}

TEST(Guards, RealmsAndRedirectsIntoTheNetworkAreRefused) {
  RegistryAccess access;
  access.trusted = {"registry.corp.example"};
  const Guard guard(access);
  const Url asked = url("https://a.example.com/v2/x/manifests/1");
  for (const char* target :
       {"https://169.254.169.254/", "https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/",
        "https://intranet/", "https://[::1]/", "https://2130706433/", "http://b.example.com/"}) {
    EXPECT_FALSE(guard.refusal_of_realm("a.example.com", asked, url(target)).empty()) << target;
    EXPECT_FALSE(guard.refusal_of_redirect("a.example.com", asked, url(target)).empty()) << target;
  }
  EXPECT_TRUE(guard.refusal_of_redirect("a.example.com", asked, url("https://cdn.other.org/x")).empty());
  EXPECT_EQ(guard.addresses("a.example.com", url("https://a.example.com/")), AddressRule::public_only);
  EXPECT_EQ(guard.addresses("a.example.com", url("https://cdn.other.org/")), AddressRule::public_only);
  EXPECT_EQ(guard.addresses("localhost:5000", url("http://localhost:5000/")), AddressRule::loopback_only);
  EXPECT_EQ(guard.addresses("localhost:5000", url("https://cdn.other.org/")), AddressRule::public_only);
  EXPECT_EQ(guard.addresses("registry.corp.example", url("https://auth.corp.example/")), AddressRule::any);
  EXPECT_EQ(guard.addresses("registry.corp.example", url("https://cdn.other.org/")),
            AddressRule::public_only);
}

TEST(Guards, HostsThatNobodyNamedAreNotAsked) {
  RegistryAccess access;
  access.hosts = {"a.example", "10.0.0.1", "registry", "10.0.0.2", "localhost:5000"};
  access.trusted = {"10.0.0.2"};
  const Guard guard(access);
  for (const char* host : {"a.example", "10.0.0.2", "localhost:5000"})
    EXPECT_EQ(guard.refusal_of(host), "") << host;
  for (const char* host : {"b.example", "10.0.0.1", "registry", "../x"})
    EXPECT_NE(guard.refusal_of(host), "") << host;
}

TEST(Proxies, AsTheEnvironmentSays) {
  const ProxyVariables variables{.http = "http://h:1",
                                 .https = "http://s:2",
                                 .all = "http://all:3",
                                 .none = "corp.example, .inner.example,other.example:443"};
  EXPECT_EQ(proxy_for("https://a.example/", variables), "http://s:2");
  EXPECT_EQ(proxy_for("http://a.example/", variables), "http://h:1");
  for (const char* direct : {"https://corp.example/", "https://a.corp.example/", "https://x.inner.example/",
                             "https://other.example/", "http://127.0.0.1:5000/", "http://localhost/"})
    EXPECT_EQ(proxy_for(direct, variables), "") << direct;
  EXPECT_EQ(proxy_for("https://notcorp.example/", variables), "http://s:2");
  EXPECT_EQ(proxy_for("https://a.example/", {.http = {}, .https = {}, .all = "http://all:3", .none = "*"}),
            "");
  EXPECT_EQ(proxy_for("https://a.example/", {.http = {}, .https = {}, .all = "http://all:3", .none = {}}),
            "http://all:3");
}

constexpr std::string_view index_type = "application/vnd.oci.image.index.v1+json";
constexpr std::string_view manifest_type = "application/vnd.oci.image.manifest.v1+json";

TEST(Manifests, AreReadInOneWayOrNotAtAll) {
  const std::string digest = "sha256:" + std::string(64, '1');
  const std::string entry =
      R"({"digest":")" + digest + R"(","platform":{"os":"linux","architecture":"arm64","variant":"v8"}})";
  const std::string attested =
      R"({"digest":")" + digest +
      R"(","platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest"}})";
  const auto index = read_manifest(R"({"manifests":[)" + entry + "," + attested + "]}",
                                   std::string(index_type) + "; charset=utf-8");
  ASSERT_TRUE(index) << index.error().message;
  ASSERT_EQ(index->children.size(), 2U);
  EXPECT_EQ(index->children[0].platform, "linux/arm64/v8");
  EXPECT_TRUE(index->children[1].attestation);
  EXPECT_TRUE(read_manifest(R"({"config":{},"layers":[]})", manifest_type));
  const std::pair<std::string, std::string_view> wrong[] = {
      {R"({"manifests":[],"layers":[]})", index_type},
      {R"({"manifests":[],"config":{}})", manifest_type},
      {R"({"manifests":[]})", manifest_type},
      {R"({"layers":[]})", index_type},
      {R"({"manifests":[],"mediaType":"application/vnd.oci.image.manifest.v1+json"})", index_type},
      {R"({"manifests":{}})", index_type},
      {R"({"manifests":[{"digest":"x"}]})", index_type},
      {R"({"manifests":[7]})", index_type},
      {R"({})", index_type},
      {"[]", index_type},
      {"", index_type},
      {R"({"manifests":)" + std::string(70, '[') + std::string(70, ']') + "}", index_type},
      {R"({"schemaVersion":1,"fsLayers":[]})", "application/vnd.docker.distribution.manifest.v1+json"},
  };
  for (const auto& [body, type] : wrong) EXPECT_FALSE(read_manifest(body, type)) << body;
}

TEST(Manifests, AreHashedByTheNameOfTheAlgorithm) {
  EXPECT_EQ(digest_of("", "sha256"),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest_of("abc", "sha512").substr(0, 23), "sha512:ddaf35a193617aba");
}

TEST(TagPages, SayTheirTagsAndWhereTheNextIs) {
  EXPECT_EQ(read_tag_page(R"({"name":"a","tags":["1","a b",7,"\u001b","2"]})").value(),
            (std::vector<std::string>{"1", "2"}));
  EXPECT_TRUE(read_tag_page(R"({"tags":null})").value().empty());
  EXPECT_TRUE(read_tag_page("{}").value().empty());
  for (const char* text : {"", "[]", R"({"tags":{}})", "{\"tags\":"})
    EXPECT_FALSE(read_tag_page(text)) << text;
  const std::pair<const char*, const char*> links[] = {
      {R"(</v2/a/tags/list?last=b>; rel="next")", "/v2/a/tags/list?last=b"},
      {"<https://h/x>;REL=Next", "https://h/x"},
      {R"(<a>; rel=prev, <b>; title="x, y; rel=next"; rel=next)", "b"},
      {R"(<a>; rel=first)", ""},
      {"<a>", ""},
      {"", ""},
      {"<a; rel=next", ""},
      {"a>; rel=next", ""}};
  for (const auto& [link, next] : links) EXPECT_EQ(next_page(link), next) << link;
}

TEST(Limits, AreANumberADateOrNothing) {
  EXPECT_EQ(retry_seconds("17", 0), 17U);
  EXPECT_EQ(retry_seconds("Thu, 01 Jan 1970 00:01:00 GMT", 20), 40U);
  EXPECT_EQ(retry_seconds("Thu, 01 Jan 1970 00:01:00 GMT", 100), 0U);
  for (const char* text : {"", "soon", "-1"}) EXPECT_EQ(retry_seconds(text, 0), 0U) << text;
}

/// A port of this machine that somebody listens on.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(socket_, 8);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(socket_); }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  /// Bytes that the next client sent before it hung up; -1 if nobody came.
  [[nodiscard]] long bytes_of_next() const {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 2000) <= 0) return -1;
    const int client = ::accept(socket_, nullptr, nullptr);
    char block[4096];
    long total = 0;
    for (ssize_t size = ::read(client, block, sizeof block); size > 0;
         size = ::read(client, block, sizeof block))
      total += size;
    ::close(client);
    return total;
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

TEST(Transports, AnAddressThatIsNotAllowedGetsNoByte) {
  const Listener listener;
  for (const AddressRule rule : {AddressRule::public_only, AddressRule::loopback_only}) {
    Transport transport;
    HttpRequest request{
        .url = listener.url(), .headers = {"Authorization: secret"}, .most_bytes = 100, .addresses = rule};
    request.timeout = std::chrono::milliseconds(300);
    transport.start(request);
    std::vector<std::pair<Transport::Id, HttpResponse>> done;
    while (done.empty()) {
      transport.wait(std::chrono::milliseconds(100), -1);
      done = transport.take();
    }
    const HttpResponse& response = done.front().second;
    if (rule == AddressRule::public_only) {
      EXPECT_EQ(response.failure, HttpFailure::address);
      EXPECT_EQ(response.detail, "127.0.0.1");
      EXPECT_EQ(listener.bytes_of_next(), 0);
    } else {
      EXPECT_EQ(response.failure, HttpFailure::timeout);  // it was sent, and nobody answered
      EXPECT_GT(listener.bytes_of_next(), 0);
    }
  }
}

}  // namespace
}  // namespace imglint
