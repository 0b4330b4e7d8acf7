#include "adminofatest.h"

#include "server/namespaces/namespace.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::test {

namespace {

using console::ToldFigures;

constexpr double Mebi = 1024.0 * 1024;

QJsonObject pastJson(const ToldFigures &figures)
{
    QJsonArray times;
    std::vector<QJsonArray> columns(std::size_t(figures.series.size()));
    for (const ToldFigures::Row &row : figures.rows) {
        times.append(row.time);
        for (std::size_t i = 0; i < columns.size(); ++i)
            columns[i].append(double(row.values[i]));
    }
    QJsonObject series;
    for (std::size_t i = 0; i < columns.size(); ++i)
        series.insert(figures.series.at(qsizetype(i)), columns[i]);
    return {{u"ok"_s, true}, {u"times"_s, times}, {u"series"_s, series}};
}

} // namespace

ToldFigures likelyFigures(qint64 end, int seconds, int step)
{
    ToldFigures all{{u"connections"_s,    u"tcpConnections"_s, u"readers"_s,
                     u"rooms"_s,          u"events"_s,         u"messagesIn"_s,
                     u"framesOut"_s,      u"framesDropped"_s,  u"slowReaders"_s,
                     u"refusals"_s,       u"rateLimited"_s,    u"hubTurnMedian"_s,
                     u"hubTurn99"_s,      u"hubWaiting"_s,     u"hubWaitingBytes"_s,
                     u"mailboxBytes"_s,   u"sendQueueBytes"_s, u"memoryUsed"_s,
                     u"residentMemory"_s, u"processorTime"_s,  u"openFiles"_s,
                     u"mostFiles"_s,      u"novel"_s},
                    {}};
    QRandomGenerator random(7);
    for (int ago = seconds - step; ago >= 0; ago -= step) {
        const double noise = random.generateDouble();
        const double wave = std::sin(ago / 900.0) + 0.4 * std::sin(ago / 130.0);
        const double trouble = (ago + 900) % 1500 < 25 ? 1 : 0; // A spike now and then.
        const double clients = std::round(4200 + 600 * wave + 20 * noise);
        const double events = std::max(0.0, 320 + 140 * wave + 60 * noise + 900 * trouble);
        if (ago > 14 * 60 && ago < 20 * 60)
            continue;
        const bool isSlow = random.bounded(40) == 0;
        const std::vector<double> values{clients,
                                         clients + 37 + std::round(8 * noise),
                                         std::round(60 + 9 * wave),
                                         std::round(310 + 12 * wave),
                                         events,
                                         events * 1.4,
                                         events * (9 + noise),
                                         trouble * 120 * noise,
                                         trouble * std::round(2 * noise),
                                         1.5 + 2 * noise + 8 * trouble,
                                         trouble * 3,
                                         isSlow ? 0.002 : 0.001,
                                         trouble > 0  ? 0.1
                                             : isSlow ? 0.025
                                                      : 0.005,
                                         std::round(30 * noise + 2400 * trouble),
                                         Mebi * (0.3 * noise + 6 * trouble),
                                         Mebi * 0.2 * noise,
                                         Mebi * (1.5 + wave + noise + 9 * trouble),
                                         Mebi * (180 + 20 * wave),
                                         Mebi * (412 + 22 * wave + (seconds - ago) / 400.0),
                                         0.42 + 0.2 * wave + 0.1 * noise + 0.6 * trouble,
                                         std::round(clients + 96),
                                         65536,
                                         1};
        all.rows.push_back({end - ago * qint64(1000), {values.begin(), values.end()}});
    }
    return all;
}

AdminOfATest::AdminOfATest(Says says)
    : m_says(std::move(says))
    , m_server(ServerConfig{.port = 0, .workers = 0})
{
    if (!m_server.start())
        qFatal("The server does not start");
    m_admin = *m_server.of(u"/admin"_s);
    QObject::connect(m_admin, &Namespace::socketConnected, m_admin, [this](NamespaceSocket *socket) {
        socket->send(
            u"admin:hello"_s,
            QJsonObject{{u"protocol"_s, 1},
                        {u"version"_s, u"0.9.0"_s},
                        {u"node"_s, m_says.node},
                        {u"run"_s, m_says.run},
                        {u"account"_s,
                         QJsonObject{{u"name"_s, m_says.account},
                                     {u"role"_s, u"owner"_s},
                                     {u"permissions"_s, QJsonArray::fromStringList(m_says.permissions)}}}});
    });
    const auto onRequest = [this](const QString &name, auto handler) {
        if (!m_admin->onRequest(u"admin:"_s + name, handler))
            qFatal("/admin takes no requests");
    };
    onRequest(u"get"_s, [this](const SocketRequest &request) -> Answer<QJsonValue> {
        const QJsonObject asked = request.data.value().toObject();
        m_asked.append(u"get %1 %2"_s.arg(asked[u"what"_s].toString(), asked[u"id"_s].toString()));
        return answer(asked);
    });
    for (const QString &name : {u"watch"_s, u"unwatch"_s}) {
        onRequest(name, [this, name](const SocketRequest &) -> Answer<QJsonValue> {
            m_asked.append(name);
            return QJsonValue(QJsonObject{{u"ok"_s, true}});
        });
    }
}

ClientConfig AdminOfATest::client() const
{
    return {.url = QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.port()))};
}

QJsonValue AdminOfATest::answer(const QJsonObject &request) const
{
    if (!m_says.refusal.isEmpty())
        return QJsonObject{
            {u"ok"_s, false},
            {u"error"_s, QJsonObject{{u"code"_s, u"UNAVAILABLE"_s}, {u"message"_s, m_says.refusal}}}};
    return pastJson(request[u"id"_s].toString() == u"1s" ? m_says.fine : m_says.coarse);
}

void AdminOfATest::tell(const ToldFigures &newest)
{
    for (const ToldFigures::Row &row : newest.rows) {
        QJsonObject values;
        for (qsizetype i = 0; i < newest.series.size(); ++i)
            values.insert(newest.series[i], double(row.values[std::size_t(i)]));
        m_admin->broadcast(u"admin:stats"_s, QJsonObject{{u"time"_s, row.time}, {u"values"_s, values}});
    }
}

} // namespace dialogue::test
