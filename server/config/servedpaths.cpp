#include "server/config/servedpaths.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** What is served beside the clients, in the order in which it is asked. */
struct Served
{
    QString path;
    QString what;
    QString key = {}; ///< That says its path; empty: nothing does.
    bool takesAllBelow = false;

    [[nodiscard]] bool takes(const QString &other) const
    {
        return other == path || (takesAllBelow && other.startsWith(path + u'/'));
    }
};

QString withoutSlashAtItsEnd(const QString &path) { return path.endsWith(u'/') ? path.chopped(1) : path; }

QList<Served> servedBy(const ServerConfig &config)
{
    QList<Served> all{
        {withoutSlashAtItsEnd(config.engine.path), u"Socket.IO (engine.path)"_s, u"engine.path"_s, true}};
    if (config.health.enabled) {
        for (const auto &probe : {u"/health"_s, u"/ready"_s, u"/version"_s})
            all.append({probe, u"what health.enabled serves"_s});
    }
    if (config.channels.sse.enabled) {
        all.append({config.channels.sse.path, u"the server-sent events (channels.sse.path)"_s,
                    u"channels.sse.path"_s});
    }
    if (config.api.enabled && config.auth.apiKeys.isSet() && !config.api.port)
        all.append({u"/api/v1"_s, u"the HTTP API"_s, {}, true});
    if (config.metrics.enabled && config.metrics.format == MetricsFormat::Prometheus && !config.metrics.port)
        all.append({config.metrics.endpoint, u"the metrics"_s, u"metrics.endpoint"_s});
    return all;
}

} // namespace

void checkServedPaths(const ServerConfig &config, const Node &root, Issues &issues)
{
    const QList<Served> all = servedBy(config);
    for (qsizetype i = 1; i < all.size(); ++i) {
        const Served &hidden = all[i];
        for (const Served &first : all.first(i)) {
            if (!first.takes(hidden.path))
                continue;
            // What has a path of its own can have another.
            const bool isError = !hidden.key.isEmpty();
            const QString &key = isError ? hidden.key : first.key;
            const QString text = u"\"%1\" is answered by %2, so that %3 would never be reached"_s.arg(
                hidden.path, first.what, hidden.what);
            if (isError)
                issues.error(locate(root, key), key, text);
            else
                issues.warning(locate(root, key), key, text);
            break;
        }
    }
}

} // namespace dialogue::config
