#include "policy/facts/official_images.hpp"

#include <algorithm>

namespace imglint {
namespace {

// Folders of docker-library/repo-info (72e4be79b9c831d8da7d63a6ce871b20fc9e06c1) and docker-library/docs
// (c4a9ba4, 2026-08-21), the removed ones of docs/spec/rules.md d3 included.
// clang-format off
constexpr std::string_view names[] = {
    "adminer", "adoptopenjdk", "aerospike", "almalinux", "alpine", "alt", "amazoncorretto", "amazonlinux",
    "api-firewall", "arangodb", "archlinux", "azul-zulu", "backdrop", "bash", "bonita", "buildpack-deps",
    "busybox", "caddy", "cassandra", "celery", "centos", "chronograf", "cirros", "clearlinux", "clefos",
    "clojure", "composer", "consul", "convertigo", "couchbase", "couchdb", "crate", "crux", "dart",
    "debian", "django", "docker", "docker-dev", "drupal", "eclipse-mosquitto", "eclipse-temurin", "eggdrop",
    "elasticsearch", "elixir", "emqx", "erlang", "euleros", "express-gateway", "fedora", "flink", "fluentd",
    "friendica", "fsharp", "gazebo", "gcc", "geonetwork", "ghost", "glassfish", "golang", "gradle",
    "groovy", "haproxy", "haskell", "haxe", "hello-world", "hipache", "hitch", "httpd", "hylang",
    "ibm-semeru-runtimes", "ibmjava", "influxdb", "iojs", "irssi", "java", "jenkins", "jetty", "jobber",
    "joomla", "jruby", "julia", "kaazing-gateway", "kapacitor", "kibana", "known", "kong", "krakend",
    "lightstreamer", "liquibase", "logstash", "mageia", "mariadb", "matomo", "maven", "mediawiki",
    "memcached", "mongo", "mongo-express", "monica", "mono", "mysql", "nats", "nats-streaming", "neo4j",
    "neurodebian", "nextcloud", "nginx", "node", "notary", "nuxeo", "odoo", "open-liberty", "openjdk",
    "opensuse", "oraclelinux", "orientdb", "owncloud", "percona", "perl", "photon", "php", "php-zendserver",
    "phpmyadmin", "piwik", "plone", "postfixadmin", "postgres", "pypy", "python", "r-base", "rabbitmq",
    "rails", "rakudo-star", "rapidoid", "redis", "redmine", "registry", "rethinkdb", "rocket.chat",
    "rockylinux", "ros", "ruby", "rust", "sapmachine", "satosa", "sentry", "silverpeas", "sl", "solr",
    "sonarqube", "sourcemage", "spark", "spiped", "storm", "swarm", "swift", "swipl", "teamspeak",
    "telegraf", "thrift", "tomcat", "tomee", "traefik", "ubuntu", "ubuntu-debootstrap", "ubuntu-upstart",
    "unit", "varnish", "vault", "websphere-liberty", "wordpress", "xwiki", "yourls", "znc", "zookeeper",
};
// clang-format on

}  // namespace

std::span<const std::string_view> official_images() { return names; }

bool is_official_image(std::string_view name) {
  return std::binary_search(std::begin(names), std::end(names), name);
}

}  // namespace imglint
