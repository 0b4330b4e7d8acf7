// What a file says of metrics.
#include "server/config/metricsfields.h"

#include "server/config/makefield.h"
#include "server/http/origin.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::config {

QString hostAndPortProblem(const QString &text)
{
    const auto authority = parseAuthority(text.toUtf8());
    if (authority && authority->port != 0)
        return {};
    return u"must be a host and a port such as \"127.0.0.1:8125\" or \"[::1]:8125\""_s;
}

Fields<ServerConfig> metricsFields()
{
    using C = ServerConfig;
    const auto of = [](auto member) {
        return [member](auto &config) -> auto & { return config.metrics.*member; };
    };
    return {
        flag<C>(u"metrics.enabled"_s, u"Count what rooms and events do, and tell it."_s,
                of(&MetricsConfig::enabled)),
        choice<C, MetricsFormat>(
            u"metrics.format"_s,
            {{u"prometheus"_s, MetricsFormat::Prometheus}, {u"statsd"_s, MetricsFormat::Statsd}},
            u"How: \"prometheus\" answers at the endpoint, \"statsd\" sends to a daemon and answers nowhere."_s,
            of(&MetricsConfig::format)),
        text<C>(u"metrics.endpoint"_s, u"Where Prometheus asks."_s, of(&MetricsConfig::endpoint),
                u"^(/[A-Za-z0-9._~-]+)+$"_s, u"a path such as \"/metrics\""_s),
        flag<C>(
            u"metrics.open"_s,
            u"Answer anybody there; else only who asks from the server's own machine, or has an API key with the scope monitor."_s,
            of(&MetricsConfig::open)),
        text<C>(u"metrics.host"_s,
                u"Address of a listener of their own, where `port` says that there is one."_s,
                of(&MetricsConfig::host), u"."_s, u"an address such as \"127.0.0.1\""_s),
        number<C>(
            u"metrics.port"_s, 0, 65535,
            u"Its TCP port; 0 takes any free one and says which. The metrics are there, and nowhere else; and /health, /ready and /version as well. Left out: there is none, and the metrics are where the clients are."_s,
            of(&MetricsConfig::port)),
        number<C>(
            u"metrics.maxSeries"_s, 1000, 1'000'000,
            u"Series that rooms and their events make at most; further rooms are counted together, as _other."_s,
            of(&MetricsConfig::maxSeries)),
        checked(text<C>(u"metrics.address"_s, u"Of statsd: where its daemon listens, by UDP."_s,
                        of(&MetricsConfig::address), u"."_s,
                        u"a host and a port such as \"127.0.0.1:8125\""_s),
                hostAndPortProblem),
        duration<C>(u"metrics.interval"_s, 100ms, 1h,
                    u"Of statsd, and of an application's exporter: how often they are sent."_s,
                    of(&MetricsConfig::interval)),
        text<C>(u"metrics.prefix"_s, u"Of statsd: what stands before each name, with a dot between."_s,
                of(&MetricsConfig::prefix), u"^[A-Za-z0-9._-]*$"_s,
                u"letters, digits, dots, dashes and underlines"_s),
    };
}

} // namespace dialogue::config
